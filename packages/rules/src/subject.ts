import type { Facts } from './facts.ts';

/** An application: section → field → value. Money is integer 分, a date `YYYY-MM-DD`. */
export type Application = Record<string, SectionValue>;
export type SectionValue = Record<string, FieldValue>;
export type FieldValue = string | number | boolean | readonly string[] | readonly Row[];
export type CellValue = string | number | boolean | readonly string[];
/** A table's row. Its id never changes, so that a repeated save is harmless. */
export type Row = { id: string } & Record<string, CellValue>;

/** Files by material key. */
export type Materials = Record<string, readonly MaterialFile[]>;
/** One file and the facts asked for beside it. `row` is the table row it belongs to. */
export type MaterialFile = { id?: string; row?: string; fileName: string; bytes: number } & Record<
  string,
  CellValue | undefined
>;

/**
 * What is judged. `at.instant` is an ISO instant; `at.date` the calendar date that counts as the day of submission (in a
 * rehearsal the corresponding day of the notice).
 */
export type Subject = {
  application: Application;
  materials: Materials;
  facts: Facts;
  at: { instant: string; date: string };
};
