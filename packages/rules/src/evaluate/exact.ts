import type { Ratio } from '../tree.ts';

/** A value too large or too fine for a safe integer; `d` > 0. Plain numbers are always safe integers. */
export type Fraction = { n: bigint; d: bigint };
export type Exact = number | Fraction;

export const isFraction = (value: unknown): value is Fraction =>
  typeof value === 'object' && value !== null && typeof (value as Fraction).n === 'bigint';

const asFraction = (value: Exact): Fraction => (typeof value === 'number' ? { n: BigInt(value), d: 1n } : value);

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The shortest form: a number where the value is a safe integer. */
export function simplify({ n, d }: Fraction): Exact {
  const divisor = greatestCommonDivisor(n, d);
  const [numerator, denominator] = divisor > 1n ? [n / divisor, d / divisor] : [n, d];
  const asNumber = Number(numerator);
  return denominator === 1n && Number.isSafeInteger(asNumber) ? asNumber : { n: numerator, d: denominator };
}

export function add(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  const [x, y] = [asFraction(a), asFraction(b)];
  return simplify({ n: x.n * y.d + y.n * x.d, d: x.d * y.d });
}

export function negate(a: Exact): Exact {
  return typeof a === 'number' ? 0 - a : { n: -a.n, d: a.d };
}

export function multiply(a: Exact, b: Exact): Exact {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product;
  }
  const [x, y] = [asFraction(a), asFraction(b)];
  return simplify({ n: x.n * y.n, d: x.d * y.d });
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Exact, b: Exact): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [asFraction(a), asFraction(b)];
  const difference = x.n * y.d - y.n * x.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Compares a × m with b × k exactly; BigInt only when a product leaves the safe integers. */
export function compareProducts(a: number, m: number, b: number, k: number): number {
  const [left, right] = [a * m, b * k];
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left - right;
  const difference = BigInt(a) * BigInt(m) - BigInt(b) * BigInt(k);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const fromRatio = ({ n, d }: Ratio): Exact => simplify({ n: BigInt(n), d: BigInt(d) });

/** Rounded up (the least 分 that suffices) or down. */
export function roundToInteger(value: Exact, direction: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const quotient = value.n / value.d;
  const remainder = value.n % value.d;
  if (remainder === 0n) return Number(quotient);
  if (direction === 'up') return Number(value.n > 0n ? quotient + 1n : quotient);
  return Number(value.n < 0n ? quotient - 1n : quotient);
}
