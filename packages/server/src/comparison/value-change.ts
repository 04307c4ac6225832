import type { CellValue, FieldValue, FormField } from '@keshen/rules';
import { type TextPart, textParts } from './text-parts.ts';

/** One entry that differs. Personal numbers are shown in part; `parts` tells long texts apart sentence by sentence. */
export type Change = {
  /** `section.field`, a cell as `section.table[row].column`, a row as `section.table[row]`. */
  path: string;
  label: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  before?: string;
  after?: string;
  parts?: TextPart[];
  /** The cells of a row that came or went. */
  cells?: { label: string; value: string }[];
};

/** A value as the comparison shows it; empty where there is none. */
export type Say = (field: FormField, value: FieldValue | CellValue | undefined) => string;

/** Texts of one line are read faster side by side. */
const IN_PARTS = 30;

export function valueChange(
  field: FormField,
  path: string,
  label: string,
  one: FieldValue | CellValue | undefined,
  other: FieldValue | CellValue | undefined,
  say: Say,
): Change {
  const [before, after] = [say(field, one), say(field, other)];
  const long =
    ['text', 'long_text'].includes(field.type) && !field.personal && Math.min(before.length, after.length) > IN_PARTS;
  return {
    path,
    label,
    kind: before === '' ? 'added' : after === '' ? 'removed' : 'changed',
    ...(before !== '' && { before }),
    ...(after !== '' && { after: field.personal && before === after ? `${after}（遮住的部分有变化）` : after }),
    ...(long && { parts: textParts(before, after) }),
  };
}
