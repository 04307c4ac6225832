import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  compareProducts,
  fromRatio,
  multiply,
  negate,
  roundToInteger,
  simplify,
  type Exact,
} from './exact.ts';

const fen = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const factor = fc.integer({ min: 1, max: 1_000_000 });
const sign = (value: number | bigint): number => (value > 0 ? 1 : value < 0 ? -1 : 0);
const exact = fc.tuple(fen, factor).map(([n, d]): Exact => simplify({ n: BigInt(n), d: BigInt(d) }));

describe('exact numbers', () => {
  it('compares products beyond 2^53 as integers would', () => {
    fc.assert(
      fc.property(fen, factor, fen, factor, (a, m, b, k) => {
        expect(sign(compareProducts(a, m, b, k))).toBe(sign(BigInt(a) * BigInt(m) - BigInt(b) * BigInt(k)));
      }),
    );
  });

  it('decides exactly 70 % where floats do not', () => {
    const share = fromRatio({ n: 7, d: 10 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (tenths) => {
        const [total, self] = [tenths * 10, tenths * 7];
        expect(compare(self, multiply(share, total))).toBe(0);
        expect(compare(self - 1, multiply(share, total))).toBeLessThan(0);
      }),
    );
  });

  it('adds and multiplies like fractions', () => {
    fc.assert(
      fc.property(exact, exact, exact, (a, b, c) => {
        expect(compare(add(a, b), add(b, a))).toBe(0);
        expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(0);
        expect(compare(add(a, negate(a)), 0)).toBe(0);
      }),
    );
  });

  it('rounds towards what suffices', () => {
    const third = simplify({ n: 100n, d: 3n });
    expect([roundToInteger(third, 'up'), roundToInteger(third, 'down')]).toEqual([34, 33]);
    expect([roundToInteger(negate(third), 'up'), roundToInteger(negate(third), 'down')]).toEqual([-33, -34]);
  });
});
