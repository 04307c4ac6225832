import type { FieldType, FormField } from '@keshen/rules';

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

type Json = Record<string, unknown>;

/** A section with its personal fields in part, in the rows of tables as well. */
export const maskPersonal = (fields: readonly FormField[], section: Json): Json =>
  mapPersonal(fields, section, (type, value) => masked(type, value));

/** Every personal value of a section, with the type that says how it is masked. */
export function personalValuesOf(fields: readonly FormField[], section: Json): { type: FieldType; value: string }[] {
  const found: { type: FieldType; value: string }[] = [];
  mapPersonal(fields, section, (type, value) => {
    found.push({ type, value });
    return value;
  });
  return found;
}

function mapPersonal(
  fields: readonly FormField[],
  section: Json,
  change: (type: FieldType, value: string) => string,
): Json {
  const changed: Json = { ...section };
  for (const { key, type, personal, columns } of fields) {
    const value = section[key];
    if (personal && typeof value === 'string') changed[key] = change(type, value);
    else if (columns && Array.isArray(value)) {
      changed[key] = value.map((row: unknown) =>
        typeof row === 'object' && row !== null ? mapPersonal(columns, row as Json, change) : row,
      );
    }
  }
  return changed;
}
