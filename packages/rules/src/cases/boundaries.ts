import type { CaseChange, CompiledCall, CompiledRule } from '../call.ts';
import { isoDate } from '../calendar/dates.ts';
import { addMonths } from '../calendar/dates.ts';
import type { Closures } from '../evaluate/closures.ts';
import { contextOf, EMPTY_ROW, type Context } from '../evaluate/context.ts';
import { roundToInteger, type Exact } from '../evaluate/exact.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { pathOf } from '../explain/places.ts';
import type { ReferenceData } from '../reference.ts';
import type { Subject } from '../subject.ts';
import { walk, type CompareOperator, type Expr } from '../tree.ts';
import type { Outcome } from '../verdict.ts';
import { applyChanges } from './apply-changes.ts';
import { casesOfRule, readExample, type Examples } from './examples.ts';
import { RuleRunner } from './rule-runner.ts';

export type Boundary = { value: string | number; outcome: Outcome };

/** The last value that satisfies a bound and the first that does not, put into an example and judged. */
export type BoundaryPair = {
  rule: string;
  /** The example, or the rule's own case, that it was put into. */
  example: string;
  path: string;
  inside: Boundary;
  outside: Boundary;
  /** Crossing the bound changes the verdict. A pair that does not shows a bound that something else makes idle. */
  decisive: boolean;
};

/**
 * Generates and runs a pair for every bound of every rule: each comparison of an answer with an amount, date or number
 * that it does not itself enter into. Of the examples and the rule's own cases the first in which crossing the bound
 * matters is shown.
 */
export function boundaryPairs(compiled: CompiledCall, examples: Examples, reference: ReferenceData): BoundaryPair[] {
  const runner = new RuleRunner(compiled, reference);
  const subjects = Object.keys(examples)
    .sort()
    .map((name) => ({ name, subject: readExample(compiled, examples, name) }));
  return compiled.rules.flatMap((rule) =>
    pairsOf(rule, [...subjects, ...casesOfRule(compiled, examples, rule.id)], runner),
  );
}

type Named = { name: string; subject: Subject };

function pairsOf(rule: CompiledRule, subjects: readonly Named[], runner: RuleRunner): BoundaryPair[] {
  const best = new Map<string, BoundaryPair>();
  for (const { name, subject } of subjects) {
    const readings = rule.under ?? {};
    const linked = runner.linked(subject, readings);
    const resolved = runner.resolved(rule, linked);
    for (const { key, path, inside, outside } of boundsOf(resolved, linked, subject)) {
      if (best.get(key)?.decisive) continue;
      const judge = (value: string | number): Boundary => ({
        value,
        outcome: runner.outcome(rule, applyChanges(subject, [change(path, value)]), readings),
      });
      const pair = { rule: rule.id, example: name, path, inside: judge(inside), outside: judge(outside) };
      best.set(key, { ...pair, decisive: pair.inside.outcome !== pair.outside.outcome });
    }
  }
  return [...best.values()];
}

const change = (path: string, value: string | number): CaseChange => ({ path, value });

type Bound = { key: string; path: string; inside: string | number; outside: string | number };

function boundsOf(rule: CompiledRule, linked: LinkedCall, subject: Subject): Bound[] {
  const context = contextOf(subject);
  const trees = [rule.when, ...rule.except.map((exception) => exception.when), rule.require, rule.human?.when];
  const places = new RowPlaces(linked.closures, context);
  if (rule.forEach && !places.enter(rule.forEach.list, 0, rule.forEach.when)) return [];
  return trees.flatMap((tree) => (tree ? boundsIn(tree, linked.closures, context, places) : []));
}

/** The first row that each variable may stand for, with its path. */
class RowPlaces {
  readonly #closures: Closures;
  readonly #context: Context;
  readonly #paths: (string | undefined)[] = [];

  constructor(closures: Closures, context: Context) {
    this.#closures = closures;
    this.#context = context;
  }

  enter(list: Parameters<typeof pathOf>[0], slot: number, when?: Expr): boolean {
    const rows = this.#closures.rows(list)(this.#context) ?? [];
    const prefix = pathOf(list);
    for (const [at, each] of rows.entries()) {
      this.#context.rows[slot] = each ?? EMPTY_ROW;
      if (when && this.#closures.test(when)(this.#context) !== true) continue;
      this.#paths[slot] = prefix && `${prefix}[${String(each?.id ?? at + 1)}]`;
      return true;
    }
    return false;
  }

  pathOf(expr: Expr): string | undefined {
    if (expr.op === 'field') return expr.path;
    if (expr.op !== 'cell') return undefined;
    const row = this.#paths[expr.slot];
    return row === undefined ? undefined : `${row}.${expr.key}`;
  }
}

function boundsIn(tree: Expr, closures: Closures, context: Context, places: RowPlaces): Bound[] {
  const bounds: Bound[] = [];
  walk(tree, (node) => {
    if (
      (node.op === 'exists' || node.op === 'all' || node.op === 'count' || node.op === 'sum') &&
      !places.enter(node.list, node.slot)
    )
      return;
    const bound =
      node.op === 'compare'
        ? compared(node, closures, context, places)
        : node.op === 'call'
          ? lasting(node, closures, context, places)
          : undefined;
    if (bound && !bounds.some(({ key }) => key === bound.key)) bounds.push(bound);
  });
  return bounds;
}

const MIRRORED: Record<CompareOperator, CompareOperator> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

function compared(
  { left, right, is }: Extract<Expr, { op: 'compare' }>,
  closures: Closures,
  context: Context,
  places: RowPlaces,
): Bound | undefined {
  if (!['money', 'date', 'integer'].includes(left.type)) return undefined;
  const [answer, other, operator] = places.pathOf(left) === undefined ? [right, left, MIRRORED[is]] : [left, right, is];
  const path = places.pathOf(answer);
  if (path === undefined || reads(other, answer)) return undefined;
  const exact = closures.run(other)(context) as Exact | undefined;
  if (exact === undefined) return undefined;
  const [inside, outside] = ends(operator, exact);
  const write = (value: number): string | number => (left.type === 'date' ? isoDate(value) : value);
  return {
    key: `${JSON.stringify(answer)}${operator}${JSON.stringify(other)}`,
    path,
    inside: write(inside),
    outside: write(outside),
  };
}

/** The nearest values on either side of a bound that may lie between two integers. */
function ends(operator: CompareOperator, bound: Exact): [number, number] {
  const [down, up] = [roundToInteger(bound, 'down'), roundToInteger(bound, 'up')];
  switch (operator) {
    case '>=':
      return [up, up - 1];
    case '>':
      return [down + 1, down];
    case '<=':
      return [down, down + 1];
    case '<':
      return [up - 1, up];
    case '==':
      return [up, up + 1];
    case '!=':
      return [up + 1, up];
  }
}

/** Periods: the end date that just makes the number of months. */
function lasting(
  { fn, args }: Extract<Expr, { op: 'call' }>,
  closures: Closures,
  context: Context,
  places: RowPlaces,
): Bound | undefined {
  if (fn !== 'lasts_at_least' && fn !== 'lasts_at_most') return undefined;
  const [from, to, months] = args;
  const path = to && places.pathOf(to);
  const [start, count] = [from && closures.run(from)(context), months && closures.run(months)(context)];
  if (path === undefined || typeof start !== 'number' || typeof count !== 'number') return undefined;
  const end = addMonths(start, count) - 1;
  return {
    key: `${fn}${path}${count}`,
    path,
    inside: isoDate(end),
    outside: isoDate(fn === 'lasts_at_most' ? end + 1 : end - 1),
  };
}

/** Whether an expression reads the answer itself. */
function reads(expr: Expr, answer: Expr): boolean {
  const wanted = JSON.stringify(answer);
  let found = false;
  walk(expr, (node) => {
    if ((node.op === 'field' || node.op === 'cell') && JSON.stringify(node) === wanted) found = true;
  });
  return found;
}
