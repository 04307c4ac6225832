import type { FormField, FormSection } from '../call.ts';
import { EMPTY_ROW, contextOf, type Context, type RowValue } from '../evaluate/context.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import type { Subject } from '../subject.ts';
import type { Expr } from '../tree.ts';

/** Where a column's condition finds its own row: `it` is slot 0. */
const inRow = (context: Context, row: RowValue | undefined): Context =>
  row === undefined ? context : { ...context, rows: [row] };

const holds = (linked: LinkedCall, tree: Expr, context: Context): boolean | undefined =>
  linked.closures.test(tree)(context);

/** Shown unless its condition is known to be false: an unanswered condition hides nothing. */
export function isShown(linked: LinkedCall, item: FormField | FormSection, context: Context, row?: RowValue): boolean {
  return item.when === undefined || holds(linked, item.when, inRow(context, row)) !== false;
}

export function isAsked(linked: LinkedCall, field: FormField, context: Context, row?: RowValue): boolean {
  if (typeof field.required === 'boolean') return field.required;
  return holds(linked, field.required, inRow(context, row)) === true;
}

/** The sections to show now, each with the fields to show. */
export function visibleSections(linked: LinkedCall, subject: Subject): FormSection[] {
  const context = contextOf(subject);
  return linked.form.sections
    .filter((section) => isShown(linked, section, context))
    .map((section) => ({ ...section, fields: section.fields.filter((field) => isShown(linked, field, context)) }));
}

/** `row` is the table's row for a column, or the file for a fact beside a material. */
export const isVisible = (linked: LinkedCall, field: FormField, subject: Subject, row?: object): boolean =>
  isShown(linked, field, contextOf(subject), row as RowValue | undefined);

/** Whether the field must be filled now; a hidden one never. */
export function isRequired(linked: LinkedCall, field: FormField, subject: Subject, row?: object): boolean {
  const context = contextOf(subject);
  const own = (row ?? EMPTY_ROW) as RowValue;
  return isShown(linked, field, context, own) && isAsked(linked, field, context, own);
}
