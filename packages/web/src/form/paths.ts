/** Where a finding stands: a field, a cell of a table's row, or a material; `row` is then a table's row or a file's id. */
export type Place =
  | { kind: 'field'; section: string; field: string; row?: string; column?: string }
  | { kind: 'material'; material: string; row?: string; fact?: string };

export const cellPath = (table: string, row: string, column: string): string => `${table}[${row}].${column}`;

/** Reads `section.field`, `section.table[row].column`, `materials.KEY` and `materials.KEY[row].fact`. */
export function placeOf(path: string): Place | undefined {
  const parts = /^([^.[\]]+)\.([^.[\]]+)(?:\[([^\]]*)\])?(?:\.([^.[\]]+))?$/.exec(path);
  if (!parts) return undefined;
  const [, head = '', name = '', row, column] = parts;
  if (head === 'materials')
    return { kind: 'material', material: name, ...(row ? { row } : {}), ...(column ? { fact: column } : {}) };
  return { kind: 'field', section: head, field: name, ...(row ? { row } : {}), ...(column ? { column } : {}) };
}

/** The id of the element that holds a field; also the address's fragment that leads to it. */
export const anchorOf = (path: string): string => `at-${path}`;
