import type { FieldValue, FormField, LinkedCall, Row, SectionValue } from '@keshen/rules';
import { type Content, namingOf, written } from '../applications/index.ts';
import { masked } from '../platform/secrets/index.ts';
import { compareAttachments, type AttachmentChange } from './compare-attachments.ts';
import { type Change, type Say, valueChange } from './value-change.ts';

export type Difference = {
  identical: boolean;
  sections: { key: string; title: string; changes: Change[] }[];
  attachments: AttachmentChange[];
};

/** What differs between two contents of one application, in the order of the form and by its labels; rows are matched by their ids. */
export function compareContents(before: Content, after: Content, linked: LinkedCall): Difference {
  const say = sayer(linked);
  const heads = headChanges(before, after);
  const sections = linked.form.sections.flatMap(({ key, title, fields }) => {
    const [one, other] = [before.sections[key] ?? {}, after.sections[key] ?? {}];
    const changes = fields.flatMap((field) => fieldChanges(field, one, other, say));
    return changes.length > 0 ? [{ key, title, changes }] : [];
  });
  const attachments = compareAttachments(before, after, linked, say);
  return {
    identical: heads.length === 0 && sections.length === 0 && attachments.length === 0,
    sections: heads.length > 0 ? [{ key: 'head', title: '申报单位和通知', changes: heads }, ...sections] : sections,
    attachments,
  };
}

const sayer = (linked: LinkedCall): Say => {
  const naming = namingOf(linked);
  return (field, value) =>
    field.personal && typeof value === 'string' ? masked(field.type, value) : written(field, value, naming);
};

/** What stands on the cover beside the form's answers. */
function headChanges(before: Content, after: Content): Change[] {
  const entries: [string, string, string, string][] = [
    ['organisation.name', '单位名称（登记的）', before.organisation.name, after.organisation.name],
    ['department', '推荐部门', before.department, after.department],
    ['applicant', '申报人', before.applicant, after.applicant],
    ['callVersion', '申报通知的版本', before.callVersion.slice(0, 12), after.callVersion.slice(0, 12)],
  ];
  return entries.flatMap(([path, label, one, other]) =>
    one === other ? [] : [{ path, label, kind: 'changed' as const, before: one, after: other }],
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const rowsIn = (value: FieldValue | undefined): readonly Row[] =>
  Array.isArray(value) ? (value as readonly Row[]) : [];

function fieldChanges(field: FormField, before: SectionValue, after: SectionValue, say: Say): Change[] {
  const [one, other] = [before[field.key], after[field.key]];
  if (field.type === 'table') return tableChanges(field, rowsIn(one), rowsIn(other), say);
  return isSame(one, other) ? [] : [valueChange(field, field.path, field.label, one, other, say)];
}

function tableChanges(field: FormField, before: readonly Row[], after: readonly Row[], say: Say): Change[] {
  const columns = field.columns ?? [];
  const was = new Map(before.map((row) => [row.id, row]));
  const is = new Map(after.map((row) => [row.id, row]));
  const called = (row: Row, at: number): string => {
    const naming = columns.find(({ key }) => key === field.rowName) ?? columns.find(({ type }) => type === 'text');
    const name = naming && say(naming, row[naming.key]);
    return `${field.rowNoun ?? field.label}${name ? `“${name}”` : `第${at + 1}行`}`;
  };
  const whole = (row: Row, at: number, kind: 'added' | 'removed'): Change => ({
    path: `${field.path}[${row.id}]`,
    label: called(row, at),
    kind,
    cells: columns.flatMap((column) => {
      const value = say(column, row[column.key]);
      return value === '' ? [] : [{ label: column.label, value }];
    }),
  });
  const cells = (row: Row, at: number): Change[] => {
    const old = was.get(row.id);
    if (!old) return [whole(row, at, 'added')];
    return columns.flatMap((column) => {
      const [one, other] = [old[column.key], row[column.key]];
      const path = `${field.path}[${row.id}].${column.key}`;
      return isSame(one, other)
        ? []
        : [valueChange(column, path, `${called(row, at)}的${column.label}`, one, other, say)];
    });
  };
  return [
    ...before.flatMap((row, at) => (is.has(row.id) ? [] : [whole(row, at, 'removed')])),
    ...after.flatMap(cells),
    ...moved(
      before.filter(({ id }) => is.has(id)),
      after.filter(({ id }) => was.has(id)),
    ).map((): Change => ({ path: field.path, label: `${field.label}各行的次序`, kind: 'moved' })),
  ];
}

const moved = (before: readonly Row[], after: readonly Row[]): boolean[] =>
  before.every(({ id }, at) => after[at]?.id === id) ? [] : [true];
