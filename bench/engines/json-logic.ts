import {
  lastsAtLeast,
  lastsAtMost,
  monthsBetween,
  parseDate,
  type CompiledRule,
  type Constant,
  type Expr,
  type LinkedCall,
  type ListSource,
  type Subject,
} from '@keshen/rules';
import { LogicEngine } from 'json-logic-engine';

/** A rule of JSON Logic: a value, a list, or one operator with its operands. */
export type Logic = null | boolean | number | string | readonly Logic[] | { readonly [operator: string]: Logic };

export type JsonLogic = {
  /** The outcome of every rule, in the order of the call. Two-valued: what is missing reads as null. */
  judge: (subject: Subject) => unknown[];
  /** One condition or value, compiled; what another engine has no words for. */
  compile: (expr: Expr) => (subject: Subject) => unknown;
  /** Whether a rule comes out so, compiled. */
  compileOutcome: (rule: CompiledRule, outcome: string) => (subject: Subject) => unknown;
};

/**
 * The rules of a call as JSON Logic, compiled by json-logic-engine. Its own operators wherever it has one: comparisons,
 * `some`, `reduce`, `in`, `if`, scope traversal for the outer rows. Dates are ISO texts, which compare as texts; only
 * arithmetic with dates, titles and divisions need operators of our own. Ratios are multiplied out, so that it is exact too.
 */
export function jsonLogicOf(linked: LinkedCall): JsonLogic {
  const engine = new LogicEngine(undefined, { maxDepth: Infinity });
  // Kind to it twice: faster, and without it a value on the right of a comparison clobbers the one on the left.
  Object.assign(engine, { allowFunctions: true });
  addOperators(engine, linked);
  const translator = new Translator(linked);
  const build = (logic: Logic): ((subject: Subject) => unknown) => {
    const made: unknown = engine.build(logic);
    if (typeof made !== 'function') return () => made;
    return (subject) => made(subject);
  };
  const all: unknown = engine.build(linked.rules.map((rule) => translator.rule(rule)));
  if (typeof all !== 'function') throw new Error('the rules do not depend on the application');
  return {
    judge: (subject) => all(subject),
    compile: (expr) => build(translator.expr(expr, [])),
    compileOutcome: (rule, outcome) => build({ '===': [translator.rule(rule), outcome] }),
  };
}

const day = (value: unknown): number | undefined => (typeof value === 'string' ? parseDate(value) : undefined);

const RANKS = ['none', 'junior', 'intermediate', 'associateSenior', 'senior'];

function addOperators(engine: LogicEngine, { reference }: LinkedCall): void {
  const rankOf = new Map(reference.titles.map(({ key, rank }) => [key, rank]));
  const add = (name: string, apply: (args: readonly unknown[]) => unknown): void => {
    engine.addMethod(name, apply, { deterministic: true });
  };
  const period = (name: string, apply: (from: number, to: number, months: number) => unknown): void =>
    add(name, ([from, to, months]) => {
      const [a, b] = [day(from), day(to)];
      return a === undefined || b === undefined ? null : apply(a, b, Number(months));
    });
  period('months_between', monthsBetween);
  period('lasts_at_least', lastsAtLeast);
  period('lasts_at_most', lastsAtMost);
  add('filled', ([value]) => (Array.isArray(value) ? value.length > 0 : value !== null && value !== ''));
  add('size', ([value]) =>
    typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : null,
  );
  add('division_within', ([code, region]) => String(code).startsWith(String(region).replace(/(00)+$/, '')));
  add('year_of', ([date]) => Number(String(date).slice(0, 4)));
  add('rank_at_least', ([title, least]) => {
    const rank = RANKS.includes(String(title)) ? String(title) : rankOf.get(String(title));
    return rank !== undefined && RANKS.indexOf(rank) >= RANKS.indexOf(String(least));
  });
}

/** Rows around an expression, the outermost first: what a row's cells are found under. */
type Rows = readonly (readonly string[])[];

const COMPARES = { '==': '===', '!=': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;
const ARITHMETIC = { add: '+', subtract: '-', multiply: '*' } as const;

class Translator {
  readonly #linked: LinkedCall;

  constructor(linked: LinkedCall) {
    this.#linked = linked;
  }

  /** The outcome of a rule as a word. Of rows only the outcomes that stop an application are looked for. */
  rule(rule: CompiledRule): Logic {
    if (!rule.forEach) return this.#outcome(rule, []);
    const { list, when } = rule.forEach;
    const some = (outcome: 'fail' | 'needs_human'): Logic => {
      const bad = this.#comesOut(rule, outcome, [[]]);
      return { some: [this.#list(list, []), when ? { and: [this.expr(when, [[]]), bad] } : bad] };
    };
    const human = rule.human || rule.except.some(({ outcome }) => outcome === 'needs_human');
    return { if: [some('fail'), 'fail', ...(human ? [some('needs_human'), 'needs_human'] : []), 'pass'] };
  }

  #comesOut(rule: CompiledRule, outcome: 'fail' | 'needs_human', rows: Rows): Logic {
    const { when, require, except } = rule;
    if (outcome !== 'fail' || !require || except.length > 0) return { '===': [this.#outcome(rule, rows), outcome] };
    const broken = { '!': this.expr(require, rows) };
    return when ? { and: [this.expr(when, rows), broken] } : broken;
  }

  #outcome(rule: CompiledRule, rows: Rows): Logic {
    const branches: Logic[] = [];
    if (rule.when) branches.push({ '!': this.expr(rule.when, rows) }, 'not_applicable');
    for (const { when, outcome } of rule.except) branches.push(this.expr(when, rows), outcome);
    if (rule.require) branches.push({ '!': this.expr(rule.require, rows) }, 'fail');
    if (rule.human) branches.push(this.expr(rule.human.when, rows), 'needs_human');
    return branches.length === 0 ? 'pass' : { if: [...branches, 'pass'] };
  }

  expr(expr: Expr, rows: Rows): Logic {
    const go = (node: Expr): Logic => this.expr(node, rows);
    switch (expr.op) {
      case 'const':
        return plain(expr.value);
      case 'field':
        return this.#field(expr.path, rows);
      case 'cell':
        return this.#cell(expr, rows);
      case 'today':
        return outer(rows, ['at', 'date']);
      case 'and':
      case 'or':
        return { [expr.op]: expr.of.map(go) };
      case 'not':
        return { '!': go(expr.of) };
      case 'compare':
        return this.#compare(expr, rows);
      case 'in':
        return { in: [go(expr.left), expr.right.op === 'list' ? expr.right.of.map(go) : go(expr.right)] };
      case 'add':
      case 'subtract':
      case 'multiply':
        return { [ARITHMETIC[expr.op]]: [go(expr.left), go(expr.right)] };
      case 'if':
        return { if: [go(expr.if), go(expr.then), go(expr.else)] };
      case 'call':
        return expr.fn === 'contains' ? { in: expr.args.map(go).toReversed() } : { [expr.fn]: expr.args.map(go) };
      case 'listed':
        return { '!==': [this.#list(expr.list, rows), null] };
      case 'exists':
        return { some: [this.#list(expr.list, rows), this.expr(expr.body, [...rows, []])] };
      case 'all':
        // Its own `all` says false of an empty list.
        return { '!': { some: [this.#list(expr.list, rows), { '!': this.expr(expr.body, [...rows, []]) }] } };
      case 'count':
        return this.#reduce(expr.list, rows, { if: [this.expr(expr.body, [...rows, ['current']]), 1, 0] });
      case 'sum':
        return this.#reduce(expr.list, rows, this.expr(expr.body, [...rows, ['current']]));
      default:
        throw new Error(`${expr.op} has no translation`);
    }
  }

  #reduce(list: ListSource, rows: Rows, amount: Logic): Logic {
    return { reduce: [this.#list(list, rows), { '+': [{ val: 'accumulator' }, amount] }, 0] };
  }

  /** A hidden entry counts as missing. */
  #field(path: string, rows: Rows): Logic {
    const value = outer(rows, ['application', ...path.split('.')]);
    const shown = this.#linked.closures.shownIf(path);
    return shown ? { if: [this.expr(shown, rows), value, null] } : value;
  }

  #cell({ slot, key, address }: Extract<Expr, { op: 'cell' }>, rows: Rows): Logic {
    const value = inRow(rows, slot, [key]);
    const shown = this.#linked.closures.shownIf(address);
    return shown && slot === 0 ? { if: [this.expr(shown, rows), value, null] } : value;
  }

  #list(list: ListSource, rows: Rows): Logic {
    if (list.from === 'items') return list.rows;
    if (list.from === 'table') return this.#field(list.path, rows);
    return outer(rows, [list.from, list.path]);
  }

  /** `ratio × amount` against an amount: multiplied out, exact as long as the products are safe integers. */
  #compare({ is, left, right }: Extract<Expr, { op: 'compare' }>, rows: Rows): Logic {
    const [a, b] = [scaled(left), scaled(right)];
    const side = (expr: Expr, factor: number): Logic =>
      factor === 1 ? this.expr(expr, rows) : { '*': [this.expr(expr, rows), factor] };
    return { [COMPARES[is]]: [side(a.of, a.n * b.d), side(b.of, b.n * a.d)] };
  }
}

function scaled(expr: Expr): { of: Expr; n: number; d: number } {
  if (expr.op === 'multiply') {
    for (const [ratio, of] of [
      [expr.left, expr.right],
      [expr.right, expr.left],
    ] as const) {
      if (ratio.op === 'const' && isRatio(ratio.value)) return { of, ...ratio.value };
    }
  }
  return { of: expr, n: 1, d: 1 };
}

const isRatio = (value: Constant): value is { n: number; d: number } =>
  typeof value === 'object' && value !== null && 'n' in value;

const plain = (value: Constant): Logic => (isRatio(value) ? value.n / value.d : value);

/** Each row around is two steps up: the list, then what was there before it. */
const inRow = (rows: Rows, slot: number, path: readonly string[]): Logic =>
  climb(2 * (rows.length - 1 - slot), [...(rows[slot] ?? []), ...path]);

const outer = (rows: Rows, path: readonly string[]): Logic => climb(2 * rows.length, path);

const climb = (steps: number, path: readonly string[]): Logic => ({ val: steps === 0 ? path : [[steps], ...path] });
