import { READ, sameValue, type Value } from '../evaluate/values.ts';
import { EMPTY_ROW, type RowValue } from '../evaluate/context.ts';
import { add, compare, compareProducts, multiply, negate, type Exact } from '../evaluate/exact.ts';

/**
 * What generated code calls. Truth is a number here: 0 false, 1 unknown, 2 true, so that `and` is the least and `or` the
 * greatest of its parts.
 */
export type Truth = 0 | 1 | 2;

const truth = (value: unknown): Truth => (value === true ? 2 : value === false ? 0 : 1);

/** -1, 0, 1, or NaN when a side is unknown. */
function sign(x: Value, y: Value): number {
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return x === undefined || y === undefined ? NaN : compare(x as Exact, y as Exact);
}

function scaledSign(x: Value, m: number, y: Value, k: number): number {
  if (typeof x === 'number' && typeof y === 'number') return compareProducts(x, m, y, k);
  return x === undefined || y === undefined ? NaN : compare(multiply(x as Exact, m), multiply(y as Exact, k));
}

const decided = (known: boolean, holds: boolean): Truth => (known ? (holds ? 2 : 0) : 1);

export const RUNTIME = {
  EMPTY: EMPTY_ROW,
  /** Stands for what was not worked out yet. */
  NONE: Symbol('not worked out'),
  READ,
  truth,
  sign,
  scaledSign,
  untruth: (value: Truth): boolean | undefined => (value === 2 ? true : value === 0 ? false : undefined),
  ge: (s: number): Truth => decided(s === s, s >= 0),
  gt: (s: number): Truth => decided(s === s, s > 0),
  le: (s: number): Truth => decided(s === s, s <= 0),
  lt: (s: number): Truth => decided(s === s, s < 0),
  eq: (s: number): Truth => decided(s === s, s === 0),
  ne: (s: number): Truth => decided(s === s, s !== 0),
  inList: (x: Value, members: Value): Truth => {
    if (!Array.isArray(members)) return 1;
    if (x === undefined) return members.length === 0 ? 0 : 1;
    return (members as readonly unknown[]).includes(x) ? 2 : 0;
  },
  /** Whether several options, unread, hold one. */
  has: (value: unknown, member: string): Truth => {
    if (!Array.isArray(value)) return 1;
    let held: Truth = 0;
    for (const option of value) {
      if (typeof option !== 'string') return 1;
      if (option === member) held = 2;
    }
    return held;
  },
  files: (value: unknown): readonly RowValue[] => (Array.isArray(value) ? (value as readonly RowValue[]) : []),
  plus: (x: Value, y: Value): Value => (x === undefined || y === undefined ? undefined : add(x as Exact, y as Exact)),
  minus: (x: Value, y: Value): Value =>
    x === undefined || y === undefined ? undefined : add(x as Exact, negate(y as Exact)),
  times: (x: Value, y: Value): Value =>
    x === undefined || y === undefined ? undefined : multiply(x as Exact, y as Exact),
  either: (x: Value, y: Value): Value => (sameValue(x, y) ? x : undefined),
  filled: (x: Value): Truth => ((Array.isArray(x) ? x.length > 0 : x !== undefined) ? 2 : 0),
} as const;
