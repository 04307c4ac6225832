import { EMPTY_ROW, type Context, type RowValue } from './context.ts';
import { add, type Exact } from './exact.ts';
import type { Run, Test } from './values.ts';

export type Rows = (context: Context) => readonly RowValue[] | undefined;
/** The least and the most rows that fulfil a condition; undefined without the list. */
export type CountRange = (context: Context) => readonly [number, number] | undefined;

/** `exists` is a disjunction over rows, `all` a conjunction: one row that decides decides. */
export function quantifier(rowsOf: Rows, test: Test, slot: number, decisive: boolean): Test {
  return (context) => {
    const rows = rowsOf(context);
    if (rows === undefined) return undefined;
    let unknown = false;
    for (const row of rows) {
      context.rows[slot] = row ?? EMPTY_ROW;
      const value = test(context);
      if (value === decisive) return decisive;
      if (value === undefined) unknown = true;
    }
    return unknown ? undefined : !decisive;
  };
}

export function sumOver(rowsOf: Rows, amount: Run, slot: number): Run {
  return (context) => {
    const rows = rowsOf(context);
    if (rows === undefined) return undefined;
    let total: Exact = 0;
    for (const row of rows) {
      context.rows[slot] = row ?? EMPTY_ROW;
      const value = amount(context) as Exact | undefined;
      if (value === undefined) return undefined;
      total = add(total, value);
    }
    return total;
  };
}

export function countBetween(rowsOf: Rows, test: Test, slot: number): CountRange {
  return (context) => {
    const rows = rowsOf(context);
    if (rows === undefined) return undefined;
    let sure = 0;
    let possible = 0;
    for (const row of rows) {
      context.rows[slot] = row ?? EMPTY_ROW;
      const value = test(context);
      if (value === true) sure += 1;
      else if (value === undefined) possible += 1;
    }
    return [sure, sure + possible];
  };
}
