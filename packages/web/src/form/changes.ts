import type { Application, FormField, FormSection, Row, SectionValue } from '@keshen/rules';
import { equal } from '../autosave/equal.ts';
import type { Choices } from './choices.ts';
import { cellPath } from './paths.ts';
import { rowsOf } from './rows.ts';
import { masked, valueText } from './value-text.ts';

/** One difference between two versions of a section, as its reader sees it. */
export type Change = {
  path: string;
  label: string;
  kind: 'changed' | 'added' | 'removed';
  before: string;
  after: string;
};

/** Field by field, a table row by row: rows are the same when their ids are, wherever they stand. */
export function changesOf(
  section: FormSection,
  before: SectionValue,
  after: SectionValue,
  choices: Choices,
  application: Application,
): Change[] {
  const text = (field: FormField, value: SectionValue[string] | undefined): string => {
    const shown = valueText(field, value, choices, application);
    return field.personal ? masked(shown) : shown;
  };
  return section.fields.flatMap((field): Change[] => {
    const [was, is] = [before[field.key], after[field.key]];
    if (equal(was, is)) return [];
    if (field.type === 'table') return rowChanges(field, rowsOf(was), rowsOf(is), text);
    return [change(field.path, field.label, text(field, was), text(field, is))];
  });
}

const change = (path: string, label: string, before: string, after: string): Change => ({
  path,
  label,
  kind: before === '' ? 'added' : after === '' ? 'removed' : 'changed',
  before,
  after,
});

type TextOf = (field: FormField, value: Row[string] | undefined) => string;

function rowChanges(field: FormField, before: readonly Row[], after: readonly Row[], text: TextOf): Change[] {
  const was = new Map(before.map((row) => [row.id, row]));
  const is = new Map(after.map((row) => [row.id, row]));
  const columns = field.columns ?? [];
  const noun = field.rowNoun ?? field.label;
  const nameOf = (row: Row, rows: readonly Row[]): string => {
    const column = columns.find(({ key }) => key === (field.rowName ?? columns[0]?.key));
    const name = column ? text(column, row[column.key]) : '';
    return name ? `${noun}“${name}”` : `${noun} ${rows.indexOf(row) + 1}`;
  };
  const whole = (row: Row) =>
    columns
      .map((column) => ({ label: column.label, shown: text(column, row[column.key]) }))
      .filter(({ shown }) => shown !== '')
      .map(({ label, shown }) => `${label}：${shown}`)
      .join('\n');
  const order = (rows: readonly Row[], other: ReadonlyMap<string, Row>) =>
    rows.filter(({ id }) => other.has(id)).map(({ id }) => id);
  const path = (row: Row) => `${field.path}[${row.id}]`;
  return [
    ...before.flatMap((row): Change[] =>
      is.has(row.id)
        ? []
        : [{ path: path(row), label: nameOf(row, before), kind: 'removed', before: whole(row), after: '' }],
    ),
    ...after.flatMap((row): Change[] => {
      const old = was.get(row.id);
      if (!old) return [{ path: path(row), label: nameOf(row, after), kind: 'added', before: '', after: whole(row) }];
      return columns
        .filter(({ key }) => !equal(old[key], row[key]))
        .map((column) =>
          change(
            cellPath(field.path, row.id, column.key),
            `${nameOf(row, after)}：${column.label}`,
            text(column, old[column.key]),
            text(column, row[column.key]),
          ),
        );
    }),
    ...(equal(order(before, is), order(after, was))
      ? []
      : [
          {
            path: field.path,
            label: `${field.label}的次序`,
            kind: 'changed' as const,
            before: '原来的次序',
            after: '调整过',
          },
        ]),
  ];
}

/** Two texts as what they share before and behind, and what differs between; characters, never halves of them. */
export function differingPart(
  before: string,
  after: string,
): { head: string; before: string; after: string; tail: string } {
  const [a, b] = [Array.from(before), Array.from(after)];
  const least = Math.min(a.length, b.length);
  let head = 0;
  while (head < least && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < least - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const end = (text: string[]) => text.slice(text.length - tail).join('');
  return {
    head: a.slice(0, head).join(''),
    before: a.slice(head, a.length - tail).join(''),
    after: b.slice(head, b.length - tail).join(''),
    tail: end(a),
  };
}
