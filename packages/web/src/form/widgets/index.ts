import type { FieldType, Option } from '@keshen/rules';
import type { ComponentType } from 'react';
import { areShown, AttestWidget, BooleanWidget, ChoiceWidget, ManyWidget } from './choice-widgets.tsx';
import { DateWidget, IntegerWidget, MoneyWidget } from './number-widgets.tsx';
import { IdentifierWidget, LongTextWidget, TextWidget } from './text-widgets.tsx';
import type { WidgetProps } from './widget.ts';

/** One widget a type; a table is no widget, its rows are edited by these. */
export const WIDGETS: Record<Exclude<FieldType, 'table'>, ComponentType<WidgetProps>> = {
  text: TextWidget,
  long_text: LongTextWidget,
  money: MoneyWidget,
  date: DateWidget,
  integer: IntegerWidget,
  boolean: BooleanWidget,
  one_of: ChoiceWidget,
  many_of: ManyWidget,
  country: ChoiceWidget,
  division: ChoiceWidget,
  uscc: IdentifierWidget,
  resident_id: IdentifierWidget,
  phone: IdentifierWidget,
  email: IdentifierWidget,
  attest: AttestWidget,
};

/** Widgets of several inputs: their question is a legend, not a label. */
export const isGroup = (type: FieldType, options: readonly Option[]): boolean =>
  type === 'boolean' ||
  (type === 'one_of' && areShown(options, false)) ||
  (type === 'many_of' && areShown(options, true));

export type { WidgetProps } from './widget.ts';
