import type { CellValue, FieldType, FieldValue, FormField, Row, SectionValue } from '@keshen/rules';

/**
 * A personal value in part: of an identity number the first six and the last four, of a phone three and four, of an e-mail address the
 * first character and the domain, of anything else two and two.
 */
export function masked(type: FieldType, value: string): string {
  if (type === 'email') return value.replace(/^(.)[^@]*/u, '$1***');
  if (type === 'resident_id') return hidden(value, 6, 4);
  return type === 'phone' ? hidden(value, 3, 4) : hidden(value, 2, 2);
}

/** What is too short to be shown in part is not shown at all. */
function hidden(text: string, head: number, tail: number): string {
  const { length } = text;
  if (length <= head + tail) return '*'.repeat(length);
  return `${text.slice(0, head)}${'*'.repeat(length - head - tail)}${text.slice(length - tail)}`;
}

/** A section with its personal fields in part, in the rows of tables as well. */
export const maskPersonal = (fields: readonly FormField[], section: SectionValue): SectionValue =>
  mapPersonal(fields, section, masked);

/** Every personal value of a section, with the type that says how it is masked. */
export function personalValuesOf(
  fields: readonly FormField[],
  section: SectionValue,
): { type: FieldType; value: string }[] {
  const found: { type: FieldType; value: string }[] = [];
  mapPersonal(fields, section, (type, value) => {
    found.push({ type, value });
    return value;
  });
  return found;
}

type Change = (type: FieldType, value: string) => string;

function mapPersonal(fields: readonly FormField[], section: SectionValue, change: Change): SectionValue {
  const changed: SectionValue = { ...section };
  for (const { key, type, personal, columns } of fields) {
    const value: FieldValue | undefined = section[key];
    if (personal && typeof value === 'string') changed[key] = change(type, value);
    else if (columns && isRows(value)) changed[key] = value.map((row) => mapCells(columns, row, change));
  }
  return changed;
}

function mapCells(columns: readonly FormField[], row: Row, change: Change): Row {
  const cells: Record<string, CellValue> = {};
  for (const { key, type, personal } of columns) {
    const value = row[key];
    if (personal && typeof value === 'string') cells[key] = change(type, value);
  }
  return { ...row, ...cells };
}

const isRows = (value: FieldValue | undefined): value is readonly Row[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object');
