import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr } from '../tree.ts';
import { normal, denied } from '../explain/normal.ts';
import { Closures } from './closures.ts';
import type { Context } from './context.ts';

/** Answers a, b, c are booleans that may be missing; `list.rows` holds rows with a boolean `x` that may be missing. */
const closures = new Closures({
  groups: {},
  rankOfTitle: new Map(),
  topicField: undefined,
  topicValues: new Map(),
  shownIf: () => undefined,
});

const answer = (key: string): Expr => ({ op: 'field', type: 'boolean', path: `s.${key}` });
const cell: Expr = { op: 'cell', type: 'boolean', slot: 0, key: 'x', address: 'list.rows.x' };
const list = { from: 'table', path: 'list.rows' } as const;

const { tree } = fc.letrec<{ tree: Expr }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(answer('a'), answer('b'), answer('c')),
    fc.constantFrom<Expr>(
      { op: 'exists', type: 'boolean', list, slot: 0, name: 'r', body: cell },
      { op: 'all', type: 'boolean', list, slot: 0, name: 'r', body: cell },
    ),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
      .map(([op, of]): Expr => ({ op, type: 'boolean', of })),
    tie('tree').map((of): Expr => ({ op: 'not', type: 'boolean', of })),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([condition, then, otherwise]): Expr => ({
      op: 'if',
      type: 'boolean',
      if: condition,
      then,
      else: otherwise,
    })),
  ),
}));

const maybe = fc.option(fc.boolean(), { nil: undefined });
const world = fc.record({
  a: maybe,
  b: maybe,
  c: maybe,
  rows: fc.option(fc.array(maybe, { maxLength: 3 }), { nil: undefined }),
});
type World = {
  a: boolean | undefined;
  b: boolean | undefined;
  c: boolean | undefined;
  rows: (boolean | undefined)[] | undefined;
};

const known = (entries: Record<string, unknown>): Record<string, never> =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Record<string, never>;

const contextOf = ({ a, b, c, rows }: World): Context => ({
  application: {
    s: known({ a, b, c }),
    list: known({ rows: rows?.map((x, at) => ({ id: `r${at}`, ...known({ x }) })) }),
  },
  materials: {},
  facts: {},
  today: undefined,
  instant: '',
  rows: [],
});

const value = (expr: Expr, state: World): boolean | undefined => closures.test(expr)(contextOf(state));

describe("Kleene's three values", () => {
  it('a missing answer matters only when it decides: whatever it turns out to be, a decided value stays', () => {
    const full = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean(), x: fc.boolean() });
    fc.assert(
      fc.property(tree, world, full, (expr, state, answers) => {
        const before = value(expr, state);
        if (before === undefined || state.rows === undefined) return;
        const after = value(expr, {
          a: state.a ?? answers.a,
          b: state.b ?? answers.b,
          c: state.c ?? answers.c,
          rows: state.rows.map((x) => x ?? answers.x),
        });
        expect(after).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  it('with every answer there, nothing is unknown', () => {
    const full = fc.record({
      a: fc.boolean(),
      b: fc.boolean(),
      c: fc.boolean(),
      rows: fc.array(fc.boolean(), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(tree, full, (expr, state) => {
        expect(value(expr, state)).not.toBeUndefined();
      }),
    );
  });

  it('saying it the other way round changes nothing', () => {
    fc.assert(
      fc.property(tree, world, (expr, state) => {
        const is = value(expr, state);
        expect(value(normal(expr), state)).toBe(is);
        expect(value(denied(expr), state)).toBe(is === undefined ? undefined : !is);
      }),
      { numRuns: 500 },
    );
  });

  it('a count known only between two ends decides when both ends agree', () => {
    const atLeast = (bound: number): Expr => ({
      op: 'compare',
      type: 'boolean',
      is: '>=',
      left: { op: 'count', type: 'integer', list, slot: 0, name: 'r', body: cell },
      right: { op: 'const', type: 'integer', value: bound },
    });
    const rows = { a: true, b: true, c: true, rows: [true, undefined, false] };
    expect([1, 2, 3].map((bound) => value(atLeast(bound), rows))).toEqual([true, undefined, false]);
  });
});
