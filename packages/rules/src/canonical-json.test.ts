import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('is the same whatever order the keys were written in', () => {
    expect(canonicalJson({ b: 1, a: [2, { d: undefined, c: '中' }] })).toBe('{"a":[2,{"c":"中"}],"b":1}');
    const shuffled = fc.jsonValue().map((value) => [value, reversed(value)] as const);
    fc.assert(
      fc.property(shuffled, ([value, other]) => {
        expect(canonicalJson(other)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('refuses what JSON cannot hold', () => {
    for (const value of [NaN, Infinity, 1n, () => 1]) expect(() => canonicalJson({ value })).toThrow('canonical JSON');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
