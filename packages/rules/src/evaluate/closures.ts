import type { FactList } from '../facts.ts';
import type { Expr, ListSource, Ratio, ValueType } from '../tree.ts';
import {
  ARITHMETIC,
  compareScaled,
  conjunction,
  countsRows,
  decideByRange,
  disjunction,
  plain,
  SCALAR_TESTS,
  SIGN_TESTS,
  type Scaled,
} from './comparisons.ts';
import { EMPTY_ROW, type Context, type RowValue } from './context.ts';
import { add, compare, negate, type Exact } from './exact.ts';
import { callOf, type FunctionWorld } from './functions.ts';
import { countBetween, quantifier, sumOver, type CountRange, type Rows } from './rows.ts';
import { constantValue, factRows, READ, sameValue, type Run, type Test, type Value } from './values.ts';

/** What closures know beside the application. */
export type World = FunctionWorld & {
  topicField: string | undefined;
  topicValues: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Whether a field or column is shown; absent: always. */
  shownIf: (address: string) => Expr | undefined;
};

/** Turns trees into closures, each node once. Total: whatever an application holds, a term has a value or is unknown. */
export class Closures {
  readonly world: World;
  readonly #made = new WeakMap<Expr, Run>();
  readonly #ranges = new WeakMap<Expr, (context: Context) => readonly [Exact, Exact] | undefined>();

  constructor(world: World) {
    this.world = world;
  }

  run(expr: Expr): Run {
    let made = this.#made.get(expr);
    if (!made) {
      made = this.#make(expr);
      this.#made.set(expr, made);
    }
    return made;
  }

  /** The condition under which a field or column is shown, if it has one. */
  shownIf(address: string): Expr | undefined {
    return this.world.shownIf(address);
  }

  test(expr: Expr): Test {
    return this.run(expr) as Test;
  }

  rows(list: ListSource): Rows {
    switch (list.from) {
      case 'table':
        return this.#table(list.path);
      case 'materials':
        return ({ materials }) => {
          const files = materials[list.path];
          return Array.isArray(files) ? (files as readonly RowValue[]) : [];
        };
      case 'facts':
        return ({ facts }) => factRows(facts, list.path as FactList);
      case 'items':
        return () => list.rows;
    }
  }

  #table(path: string): Rows {
    const [section = '', field = ''] = path.split('.');
    const shown = this.#shown(path);
    return (context) => {
      const rows = context.application[section]?.[field];
      if (!Array.isArray(rows) || (shown && shown(context) === false)) return undefined;
      return rows as readonly RowValue[];
    };
  }

  #shown(address: string): Test | undefined {
    const condition = this.world.shownIf(address);
    return condition && this.test(condition);
  }

  #make(expr: Expr): Run {
    switch (expr.op) {
      case 'const': {
        const value = constantValue(expr.type, expr.value);
        return () => value;
      }
      case 'field':
        return this.#field(expr.path, expr.type);
      case 'cell':
        return this.#cell(expr);
      case 'topic':
        return this.#topic(expr.key);
      case 'today':
        return ({ today }) => today;
      case 'and':
        return conjunction(expr.of.map((child) => this.test(child)));
      case 'or':
        return disjunction(expr.of.map((child) => this.test(child)));
      case 'not': {
        const test = this.test(expr.of);
        return (context) => {
          const value = test(context);
          return value === undefined ? undefined : !value;
        };
      }
      case 'compare':
        return this.#compare(expr);
      case 'in':
        return this.#in(expr.left, expr.right);
      case 'list':
        throw new Error('a list stands only to the right of `in`');
      case 'add':
      case 'subtract':
      case 'multiply':
        return this.#arithmetic(expr.op, expr.left, expr.right);
      case 'if':
        return this.#conditional(expr.if, expr.then, expr.else);
      case 'call':
        return callOf(
          expr.fn,
          expr.args.map((argument) => this.run(argument)),
          this.world,
        );
      case 'listed': {
        const rows = this.rows(expr.list);
        return (context) => rows(context) !== undefined;
      }
      case 'exists':
        return quantifier(this.rows(expr.list), this.test(expr.body), expr.slot, true);
      case 'all':
        return quantifier(this.rows(expr.list), this.test(expr.body), expr.slot, false);
      case 'count': {
        const between = this.#countRange(expr);
        return (context) => {
          const range = between(context);
          return range && range[0] === range[1] ? range[0] : undefined;
        };
      }
      case 'sum':
        return sumOver(this.rows(expr.list), this.run(expr.body), expr.slot);
      case 'param':
      case 'reading':
        throw new Error(`${expr.op} ${expr.key} was not resolved`);
    }
  }

  #field(path: string, type: ValueType): Run {
    const [section = '', field = ''] = path.split('.');
    const read = READ[type];
    const shown = this.#shown(path);
    if (!shown) return ({ application }) => read(application[section]?.[field]);
    return (context) => {
      const value = read(context.application[section]?.[field]);
      return value === undefined || shown(context) === false ? undefined : value;
    };
  }

  #cell({ slot, key, type, address }: Extract<Expr, { op: 'cell' }>): Run {
    const read = READ[type];
    const shown = this.#shown(address);
    if (!shown) return ({ rows }) => read((rows[slot] ?? EMPTY_ROW)[key]);
    return (context) => {
      const row = context.rows[slot] ?? EMPTY_ROW;
      const value = read(row[key]);
      if (value === undefined) return undefined;
      // A column's condition names its own row, always in slot 0.
      return shown({ ...context, rows: [row] }) === false ? undefined : value;
    };
  }

  #topic(key: string): Run {
    const { topicField, topicValues } = this.world;
    const code = topicField === undefined ? () => undefined : this.#field(topicField, 'code');
    const values = topicValues.get(key);
    return (context) => {
      const chosen = code(context);
      return typeof chosen === 'string' ? values?.get(chosen) : undefined;
    };
  }

  #compare(expr: Extract<Expr, { op: 'compare' }>): Run {
    const { left, right, is } = expr;
    if (left.type === 'money' || left.type === 'integer' || left.type === 'ratio') return this.#compareNumbers(expr);
    const [a, b] = [this.run(left), this.run(right)];
    const holds = SCALAR_TESTS[is];
    return (context) => {
      const x = a(context);
      if (x === undefined) return undefined;
      const y = b(context);
      return y === undefined ? undefined : holds(x as string, y as string);
    };
  }

  #compareNumbers({ left, right, is }: Extract<Expr, { op: 'compare' }>): Run {
    const holds = SIGN_TESTS[is];
    // A count may be known only between two ends, which decide before any fraction does.
    const uncertain = countsRows(left) || countsRows(right);
    const [l, r] = uncertain ? [] : [this.#scaled(left), this.#scaled(right)];
    if (l || r) return compareScaled(l ?? plain(this.run(left)), r ?? plain(this.run(right)), holds);
    const [a, b] = [this.run(left), this.run(right)];
    const range = uncertain ? [this.#range(left), this.#range(right)] : undefined;
    return (context) => {
      const x = a(context) as Exact | undefined;
      const y = b(context) as Exact | undefined;
      if (x !== undefined && y !== undefined) {
        return holds(typeof x === 'number' && typeof y === 'number' ? x - y : compare(x, y));
      }
      return range && decideByRange(range[0]?.(context), range[1]?.(context), is);
    };
  }

  /** `ratio × money` with a fixed ratio: compared by cross-multiplication, without making a fraction. */
  #scaled(expr: Expr): Scaled | undefined {
    if (expr.op !== 'multiply') return undefined;
    for (const [ratio, other] of [
      [expr.left, expr.right],
      [expr.right, expr.left],
    ] as const) {
      if (ratio.op === 'const' && ratio.type === 'ratio' && other.type !== 'ratio') {
        const { n, d } = ratio.value as Ratio;
        return { run: this.run(other), n, d };
      }
    }
    return undefined;
  }

  #in(left: Expr, right: Expr): Run {
    const value = this.run(left);
    if (right.op === 'list') {
      return disjunction(
        right.of.map((member) => this.test({ op: 'compare', type: 'boolean', is: '==', left, right: member })),
      );
    }
    if (right.op === 'const') {
      const members = new Set(right.value as readonly (string | number)[]);
      return (context) => {
        const x = value(context);
        return x === undefined ? undefined : members.has(x as string);
      };
    }
    const list = this.run(right);
    return (context) => {
      const members = list(context) as readonly unknown[] | undefined;
      if (members === undefined) return undefined;
      const x = value(context);
      return x === undefined ? (members.length === 0 ? false : undefined) : members.includes(x);
    };
  }

  #arithmetic(op: 'add' | 'subtract' | 'multiply', left: Expr, right: Expr): Run {
    const [a, b, apply] = [this.run(left), this.run(right), ARITHMETIC[op]];
    return (context) => {
      const x = a(context) as Exact | undefined;
      if (x === undefined) return undefined;
      const y = b(context) as Exact | undefined;
      return y === undefined ? undefined : apply(x, y);
    };
  }

  #conditional(condition: Expr, whenTrue: Expr, whenFalse: Expr): Run {
    const [test, yes, no] = [this.test(condition), this.run(whenTrue), this.run(whenFalse)];
    return (context) => {
      const decided = test(context);
      if (decided !== undefined) return decided ? yes(context) : no(context);
      const [x, y] = [yes(context), no(context)];
      return sameValue(x, y) ? x : undefined;
    };
  }

  /** The least and the most that a number can be, given what is unknown: two rows or more is decided by two sure ones. */
  #range(expr: Expr): (context: Context) => readonly [Exact, Exact] | undefined {
    let made = this.#ranges.get(expr);
    if (!made) {
      made = this.#makeRange(expr);
      this.#ranges.set(expr, made);
    }
    return made;
  }

  #makeRange(expr: Expr): (context: Context) => readonly [Exact, Exact] | undefined {
    if (expr.op === 'count') return this.#countRange(expr);
    if (expr.op === 'add' || expr.op === 'subtract') {
      const [a, b] = [this.#range(expr.left), this.#range(expr.right)];
      const { op } = expr;
      return (context) => {
        const [x, y] = [a(context), b(context)];
        if (!x || !y) return undefined;
        return op === 'add' ? [add(x[0], y[0]), add(x[1], y[1])] : [add(x[0], negate(y[1])), add(x[1], negate(y[0]))];
      };
    }
    const run = this.run(expr);
    return (context) => {
      const value = run(context) as Exact | undefined;
      return value === undefined ? undefined : [value, value];
    };
  }

  #countRange({ list, slot, body }: Extract<Expr, { op: 'count' }>): CountRange {
    return countBetween(this.rows(list), this.test(body), slot);
  }
}
