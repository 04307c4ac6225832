import type { Closures } from '../evaluate/closures.ts';
import { EMPTY_ROW, type Context, type RowValue } from '../evaluate/context.ts';
import type { Expr } from '../tree.ts';
import { normal } from './normal.ts';

/**
 * The terms that made a condition come out as it did: of an `and` that is false only the false parts, of an `or` that is
 * true only the true ones. Negations are inside, so each term stands for itself.
 */
export function decidingTerms(expr: Expr, closures: Closures, context: Context): Expr[] {
  const terms: Expr[] = [];
  collect(normal(expr), closures, context, terms);
  return terms;
}

function collect(expr: Expr, closures: Closures, context: Context, terms: Expr[]): void {
  if (expr.op === 'and' || expr.op === 'or') {
    const whole = closures.test(expr)(context);
    const alike = expr.of.filter((part) => closures.test(part)(context) === whole);
    const decided = expr.op === 'or' && whole === true ? alike.slice(0, 1) : alike;
    for (const part of decided) collect(part, closures, context, terms);
    return;
  }
  if (expr.op === 'if') {
    const chosen = closures.test(expr.if)(context);
    if (chosen !== undefined) {
      collect(normal(chosen ? expr.then : expr.else), closures, context, terms);
      return;
    }
  }
  terms.push(expr);
}

/** The rows of a quantifier or count that make it true (`wanted`), false, or leave it open. */
export function rowsWhere(
  expr: Extract<Expr, { op: 'exists' | 'all' | 'count' }>,
  closures: Closures,
  context: Context,
  wanted: boolean | undefined,
): { row: RowValue; at: number }[] {
  const test = closures.test(expr.body);
  const rows = closures.rows(expr.list)(context) ?? [];
  const found: { row: RowValue; at: number }[] = [];
  for (const [at, row] of rows.entries()) {
    context.rows[expr.slot] = row ?? EMPTY_ROW;
    if (test(context) === wanted) found.push({ row: row ?? EMPTY_ROW, at });
  }
  return found;
}
