import type { CompareOperator, Expr } from '../tree.ts';
import { add, compare, compareProducts, multiply, negate, type Exact } from './exact.ts';
import type { Run, Test } from './values.ts';

/** All of them: one that is false decides. */
export function conjunction(tests: readonly Test[]): Test {
  return (context) => {
    let unknown = false;
    for (const test of tests) {
      const value = test(context);
      if (value === false) return false;
      if (value === undefined) unknown = true;
    }
    return unknown ? undefined : true;
  };
}

/** Any of them: one that is true decides. */
export function disjunction(tests: readonly Test[]): Test {
  return (context) => {
    let unknown = false;
    for (const test of tests) {
      const value = test(context);
      if (value === true) return true;
      if (value === undefined) unknown = true;
    }
    return unknown ? undefined : false;
  };
}

/** Numbers, exactly. */
export const ARITHMETIC = { add, subtract: (a: Exact, b: Exact) => add(a, negate(b)), multiply };

export const SIGN_TESTS: Record<CompareOperator, (sign: number) => boolean> = {
  '==': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

export const SCALAR_TESTS: Record<CompareOperator, (a: string, b: string) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** A value times n / d: compared by cross-multiplication, without making a fraction. */
export type Scaled = { run: Run; n: number; d: number };
export const plain = (run: Run): Scaled => ({ run, n: 1, d: 1 });

export function compareScaled(left: Scaled, right: Scaled, holds: (sign: number) => boolean): Test {
  const [a, b] = [left.run, right.run];
  const [leftFactor, rightFactor] = [left.n * right.d, right.n * left.d];
  return (context) => {
    const x = a(context) as Exact | undefined;
    const y = b(context) as Exact | undefined;
    if (x === undefined || y === undefined) return undefined;
    return typeof x === 'number' && typeof y === 'number'
      ? holds(compareProducts(x, leftFactor, y, rightFactor))
      : holds(compare(multiply(x, leftFactor), multiply(y, rightFactor)));
  };
}

/** Whether a count somewhere in the sum may be known only between two ends. */
export const countsRows = (expr: Expr): boolean =>
  expr.op === 'count' ||
  ((expr.op === 'add' || expr.op === 'subtract') && (countsRows(expr.left) || countsRows(expr.right)));

/** A comparison of numbers known only between two ends each; undefined where the ends disagree. */
export function decideByRange(
  left: readonly [Exact, Exact] | undefined,
  right: readonly [Exact, Exact] | undefined,
  is: CompareOperator,
): boolean | undefined {
  if (!left || !right) return undefined;
  const below = compare(left[1], right[0]);
  const above = compare(left[0], right[1]);
  switch (is) {
    case '<':
      return below < 0 ? true : above >= 0 ? false : undefined;
    case '<=':
      return below <= 0 ? true : above > 0 ? false : undefined;
    case '>':
      return above > 0 ? true : below <= 0 ? false : undefined;
    case '>=':
      return above >= 0 ? true : below < 0 ? false : undefined;
    case '==':
      return below < 0 || above > 0 ? false : undefined;
    case '!=':
      return below < 0 || above > 0 ? true : undefined;
  }
}
