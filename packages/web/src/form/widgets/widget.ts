import type { CellValue, FieldValue, FormField, Option } from '@keshen/rules';

/** What every widget gets. `value` is of the field's type, or undefined while nothing (readable) is there. */
export type WidgetProps = {
  id: string;
  field: FormField;
  value: FieldValue | CellValue | undefined;
  onChange: (value: CellValue | undefined) => void;
  options: readonly Option[];
  /** Typed text that could not be read, kept for when the field is shown again. */
  unread: string | undefined;
  onUnread: (text: string | undefined) => void;
  describedBy: string | undefined;
  invalid: boolean;
};

/** The ARIA attributes of a widget's control. */
export const ariaOf = ({ describedBy, invalid }: Pick<WidgetProps, 'describedBy' | 'invalid'>, own?: string) => ({
  'aria-describedby': [own, describedBy].filter(Boolean).join(' ') || undefined,
  'aria-invalid': invalid || undefined,
});
