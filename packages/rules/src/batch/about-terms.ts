import { walk, type Expr, type Ratio } from '../tree.ts';

const WITHOUT_ROWS: ReadonlySet<Expr['op']> = new Set([
  'const',
  'field',
  'today',
  'topic',
  'add',
  'subtract',
  'multiply',
  'call',
]);

/** Whether a term depends on the application alone, on no row of it. */
export function asksNoRow(expr: Expr): boolean {
  let none = true;
  walk(expr, (node) => {
    if (!WITHOUT_ROWS.has(node.op)) none = false;
  });
  return none;
}

/** `ratio × value` with a fixed ratio. */
export function scaledBy(expr: Expr): { of: Expr; n: number; d: number } | undefined {
  if (expr.op !== 'multiply') return undefined;
  for (const [ratio, of] of [
    [expr.left, expr.right],
    [expr.right, expr.left],
  ] as const) {
    if (ratio.op === 'const' && ratio.type === 'ratio' && of.type !== 'ratio') return { of, ...(ratio.value as Ratio) };
  }
  return undefined;
}
