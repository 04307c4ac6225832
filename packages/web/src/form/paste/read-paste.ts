import type { CellValue, FormField, Option, Row } from '@keshen/rules';
import { type Matching } from './match-columns.ts';
import { readCell, unitInHeading, type CellRead, type Unit } from './read-cell.ts';

export type PastedRow = { row: Row; cells: { column: string; text: string; read: CellRead }[] };
export type Pasted = { rows: PastedRow[]; problems: number; warnings: number };

type With = {
  columns: readonly FormField[];
  matching: Matching;
  /** For the columns of money whose heading does not say it. */
  unit: Unit;
  optionsOf: (column: FormField) => readonly Option[];
  newId: () => string;
};

/** The rows as they would be taken; a cell that cannot be read is left empty and says why. */
export function readPaste(cells: readonly (readonly string[])[], given: With): Pasted {
  const { columns, matching, unit, optionsOf, newId } = given;
  const header = matching.header ? (cells[0] ?? []) : [];
  const readers = matching.match.flatMap((key, at) => {
    const column = columns.find((candidate) => candidate.key === key);
    if (!column) return [];
    return [{ at, column, options: optionsOf(column), unit: unitInHeading(header[at] ?? '') ?? unit }];
  });
  let [problems, warnings] = [0, 0];
  const rows = cells.slice(matching.header ? 1 : 0).map((line): PastedRow => {
    const taken: Record<string, CellValue> = {};
    const read = readers.map(({ at, column, ...how }) => {
      const text = line[at] ?? '';
      const one = readCell(column, text, how);
      if (one.value !== undefined) taken[column.key] = one.value;
      if (one.problem) problems++;
      if (one.warning) warnings++;
      return { column: column.key, text, read: one };
    });
    return { row: { ...taken, id: newId() }, cells: read };
  });
  return { rows, problems, warnings };
}

/** An amount of a project that is 10,000 times too large or too small is the unit mistaken. 分. */
const TEN_MILLION_YUAN = 1_000_000_000;
const HUNDRED_YUAN = 10_000;

/** Whether the amounts look as if they stood in the other unit: all beyond 1000万元, or all below 100元. */
export function unitLooksWrong(pasted: Pasted, columns: readonly FormField[]): Unit | undefined {
  const money = new Set(columns.filter(({ type }) => type === 'money').map(({ key }) => key));
  const amounts = pasted.rows.flatMap(({ row }) =>
    Object.entries(row).flatMap(([key, value]) =>
      money.has(key) && typeof value === 'number' && value > 0 ? [value] : [],
    ),
  );
  if (amounts.length === 0) return undefined;
  if (amounts.every((amount) => amount >= TEN_MILLION_YUAN)) return '元';
  return amounts.every((amount) => amount < HUNDRED_YUAN) ? '万元' : undefined;
}
