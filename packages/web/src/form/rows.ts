import type { CellValue, Row } from '@keshen/rules';

export const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as readonly Row[]) : []);

/** Ids are made once and never reused, so that a repeated save of a row is harmless and findings stay with their row. */
export const newRowId = (): string => `r${crypto.randomUUID().slice(0, 13).replace('-', '')}`;

export const isBlank = (row: Row): boolean => Object.keys(row).every((key) => key === 'id');

export function withCell(rows: readonly Row[], id: string, column: string, value: CellValue | undefined): Row[] {
  return rows.map((row) => {
    if (row.id !== id) return row;
    const changed: Row = { ...row };
    if (value === undefined) delete changed[column];
    else changed[column] = value;
    return changed;
  });
}

/** The copy stands right behind its original. */
export function withCopy(rows: readonly Row[], id: string, copyId: string): Row[] {
  return rows.flatMap((row) => (row.id === id ? [row, { ...row, id: copyId }] : [row]));
}

export const without = (rows: readonly Row[], id: string): Row[] => rows.filter((row) => row.id !== id);

/** Puts a deleted row back where it stood, whatever happened to the others meanwhile. */
export function putBack(rows: readonly Row[], row: Row, index: number): Row[] {
  if (rows.some((other) => other.id === row.id)) return [...rows];
  return [...rows.slice(0, index), row, ...rows.slice(index)];
}

/** Sum of a money column in 分; undefined when no row has an amount. */
export function sumOf(rows: readonly Row[], column: string): number | undefined {
  const amounts = rows.map((row) => row[column]).filter((value): value is number => typeof value === 'number');
  return amounts.length > 0 ? amounts.reduce((sum, amount) => sum + amount, 0) : undefined;
}
