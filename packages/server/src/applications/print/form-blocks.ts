import type { FormField, FormSection, Row, SectionValue } from '@keshen/rules';
import { tenThousandsColumn } from '@keshen/rules';
import { chineseNumeral, type Naming, written } from './written.ts';

export type LabelledValue = { label: string; value: string; wide: boolean };
export type Column = { label: string; width: string; align: 'left' | 'center' | 'right'; small?: boolean };
export type Block =
  | { kind: 'fields'; title: string; whole: boolean; fields: LabelledValue[] }
  | { kind: 'text'; title: string; value: string }
  | { kind: 'declarations'; title: string; lines: { made: boolean; text: string }[] }
  | { kind: 'table' | 'wide'; title: string; columns: Column[]; rows: string[][]; total?: string[] }
  | { kind: 'cards'; title: string; cards: { title: string; whole: boolean; fields: LabelledValue[] }[] }
  | { kind: 'empty'; title: string; value: string };
export type PrintedSection = { title: string; blocks: Block[] };

/** What of a form is asked at all, and how its codes are called. */
export type FormView = {
  isShown: (item: FormSection | FormField, row?: Row) => boolean;
  naming: Naming;
};

/** Sections of the form with their answers, in the form's order, ready to be set; numbered as an official paper is, or not. */
export const printedSections = (
  sections: readonly FormSection[],
  application: Record<string, SectionValue>,
  view: FormView,
  numbered: boolean,
): PrintedSection[] =>
  sections.map((section, index) => ({
    title: numbered ? `${chineseNumeral(index + 1)}、${section.title}` : section.title,
    blocks: blocksOf(section, application[section.key] ?? {}, view),
  }));

/** Short answers that follow each other share one sheet; declarations likewise; a long text or a table stands alone. */
function blocksOf(section: FormSection, answers: SectionValue, view: FormView): Block[] {
  const blocks: Block[] = [];
  for (const field of section.fields.filter((candidate) => view.isShown(candidate))) {
    const value = answers[field.key];
    const text = field.type === 'table' ? '' : written(field, value, view.naming);
    const last = blocks.at(-1);
    if (field.type === 'table') {
      blocks.push(tableBlock(field, Array.isArray(value) ? (value as readonly Row[]) : [], section, view));
    } else if (field.type === 'long_text' && (text !== '' || field.required !== false)) {
      blocks.push({ kind: 'text', title: field.label, value: text });
    } else if (field.type === 'attest') {
      const line = { made: value === true, text: field.label };
      if (last?.kind === 'declarations') last.lines.push(line);
      else blocks.push({ kind: 'declarations', title: '', lines: [line] });
    } else {
      const labelled = labelledValue(field, text || unanswered(field));
      if (last?.kind === 'fields') last.fields.push(labelled);
      else blocks.push({ kind: 'fields', title: '', whole: true, fields: [labelled] });
    }
  }
  for (const block of blocks) if (block.kind === 'fields') block.whole = staysWhole(block.fields);
  return blocks;
}

/** What nobody asked for and nobody gave is none; what was asked for is missing, and the template says so. */
const unanswered = (field: FormField): string => (field.required === false ? '无' : '');

/** Characters that fit beside a label when two pairs share a line. */
const NARROW = 18;
const charactersIn = (text: string): number => Array.from(text).length;

const labelledValue = (field: FormField, value: string): LabelledValue => ({
  label: field.label,
  value,
  wide: charactersIn(value) > NARROW || charactersIn(field.label) > NARROW || field.type === 'long_text',
});

/** Columns that an upright and a lying sheet of A4 hold; beyond, and with long texts, each row becomes a card. */
const UPRIGHT = 6;
const LYING = 12;
/** Characters of a long text that still read well in a narrow column. */
const IN_A_CELL = 200;

function tableBlock(field: FormField, rows: readonly Row[], section: FormSection, view: FormView): Block {
  // A section that is one table under the same name needs the name once.
  const title = section.fields.length === 1 && section.title === field.label ? '' : field.label;
  if (rows.length === 0) return { kind: 'empty', title, value: unanswered(field) || '未填' };
  const columns = (field.columns ?? []).filter((column) =>
    rows.some((row) => view.isShown(column, row) && written(column, row[column.key], view.naming) !== ''),
  );
  const texts = columns.filter(({ type }) => type === 'long_text');
  const long = texts.some(({ key }) => rows.some((row) => charactersIn(String(row[key] ?? '')) > IN_A_CELL));
  if (long || columns.length > (texts.length > 0 ? UPRIGHT - 1 : LYING))
    return cards(title, field, columns, rows, view);
  return {
    kind: columns.length > UPRIGHT ? 'wide' : 'table',
    title,
    columns: [{ label: '序号', width: '11mm', align: 'center' }, ...columns.map((column) => columnOf(column, rows))],
    rows: rows.map((row, index) => [String(index + 1), ...columns.map((column) => cell(column, row, view, true))]),
    ...totalOf(columns, rows),
  };
}

const cell = (column: FormField, row: Row, view: FormView, unitInHead: boolean): string =>
  view.isShown(column, row) ? written(column, row[column.key], view.naming, unitInHead) || '未填' : '—';

/** Labels and values up to this many characters stay on one sheet; more may break. */
const ON_ONE_SHEET = 500;
const staysWhole = (fields: readonly LabelledValue[]): boolean =>
  fields.length <= 24 && fields.reduce((sum, { value }) => sum + charactersIn(value), 0) <= ON_ONE_SHEET;

const cards = (title: string, field: FormField, columns: FormField[], rows: readonly Row[], view: FormView): Block => ({
  kind: 'cards',
  title,
  cards: rows.map((row, index) => {
    const fields = columns
      .filter((column) => view.isShown(column, row))
      .map((column) => labelledValue(column, written(column, row[column.key], view.naming) || unanswered(column)));
    return {
      title: `${field.rowNoun ?? field.label} ${index + 1}`,
      whole: staysWhole(fields),
      fields,
    };
  }),
});

const WIDTHS: Partial<Record<FormField['type'], string>> = {
  resident_id: '39mm',
  uscc: '39mm',
  date: '32mm',
  boolean: '14mm',
  integer: '14mm',
  long_text: '3fr',
  one_of: '1.2fr',
  country: '1.2fr',
};

/** Width of a figure of the tables' size, and of the space beside a cell's content, in mm. */
const FIGURE = 1.95;
const PADDING = 4;

/** An amount is never broken: its column is as wide as its longest amount, or as its own sum. */
const widthOfAmounts = (amounts: readonly number[]): string => {
  const sum = amounts.reduce((total, one) => total + one, 0);
  const longest = Math.max(...[...amounts, sum].map((amount) => tenThousandsColumn(amount).length));
  return `${Math.max(22, Math.ceil(longest * FIGURE + PADDING))}mm`;
};

const columnOf = (column: FormField, rows: readonly Row[]): Column => {
  const money = column.type === 'money';
  const width = money
    ? widthOfAmounts(rows.map((row) => Number(row[column.key] ?? 0)))
    : column.width === 'short'
      ? '1fr'
      : (WIDTHS[column.type] ?? '2fr');
  return {
    label: money ? `${column.label}（万元）` : column.label,
    width,
    align: money ? 'right' : ['boolean', 'integer', 'date'].includes(column.type) ? 'center' : 'left',
  };
};

/** A sum under the money columns, unless a number of pieces stands in the table: then the amounts are prices, not parts. */
function totalOf(columns: FormField[], rows: readonly Row[]): { total?: string[] } {
  const counted = columns.some(({ type }) => type === 'integer');
  if (rows.length < 2 || counted || !columns.some(({ type }) => type === 'money')) return {};
  const sum = ({ key }: FormField) => rows.reduce((total, row) => total + Number(row[key] ?? 0), 0);
  return {
    total: ['合计', ...columns.map((column) => (column.type === 'money' ? tenThousandsColumn(sum(column)) : ''))],
  };
}
