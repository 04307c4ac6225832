import { findContradictions, type Contradiction } from '@keshen/rules/definition';
import type { CompiledRule, Expr, ValueType } from '@keshen/rules';
import { expect, test } from 'vitest';
import { openZ3 } from './z3.ts';

const field = (path: string, type: ValueType): Expr => ({ op: 'field', path, type });
const money = (value: number): Expr => ({ op: 'const', type: 'money', value });
const compare = (left: Expr, is: '>=' | '<=' | '==', right: Expr): Expr => ({
  op: 'compare',
  type: 'boolean',
  is,
  left,
  right,
});
const rule = (id: string, require: Expr, when?: Expr): CompiledRule => ({
  id,
  title: id,
  clauses: ['T-1'],
  scope: 'application',
  severity: 'block',
  except: [],
  show: [],
  reads: [],
  require,
  ...(when && { when }),
});

async function lookAt(rules: CompiledRule[]): Promise<Contradiction[]> {
  const z3 = await openZ3(2000);
  if (!z3) throw new Error('z3-solver is not installed');
  try {
    return await findContradictions(rules, z3.solver);
  } finally {
    z3.close();
  }
}

const total = field('budget.total', 'money');
const enterprise = compare(field('lead.kind', 'code'), '==', { op: 'const', type: 'code', value: 'enterprise' });

test('an enterprise cannot stay under 10 where everybody must reach 50: the two rules are named', async () => {
  const found = await lookAt([
    rule('at-least', compare(total, '>=', money(50))),
    rule('at-most', compare(total, '<=', money(10)), enterprise),
  ]);
  expect(found).toEqual([{ kind: 'contradiction', rule: 'at-most', with: ['at-least'] }]);
});

test('a bound that a stricter one implies is said to decide nothing', async () => {
  const found = await lookAt([
    rule('strict', compare(total, '>=', money(100))),
    rule('loose', compare(total, '>=', money(50))),
  ]);
  expect(found).toEqual([{ kind: 'implied', rule: 'loose', by: ['strict'] }]);
});

test('a share of the total is exact arithmetic for the solver as well', async () => {
  const share: Expr = {
    op: 'multiply',
    type: 'money',
    left: { op: 'const', type: 'ratio', value: { n: 7, d: 10 } },
    right: total,
  };
  const own = field('budget.selfRaised', 'money');
  const found = await lookAt([
    rule('share', compare(own, '>=', share)),
    rule('total', compare(total, '>=', money(100))),
    rule('implied-share', compare(own, '>=', money(70))),
    rule('free', compare(own, '>=', money(71))),
  ]);
  expect(found).toEqual([{ kind: 'implied', rule: 'implied-share', by: ['free'] }]);
});
