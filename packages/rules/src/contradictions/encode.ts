import { parseDate } from '../calendar/index.ts';
import type { CompiledRule } from '../call.ts';
import type { CompareOperator, Expr, ListSource, Ratio } from '../tree.ts';

/**
 * Rules as SMT-LIB text, for a solver that looks for contradictions before a call is published. Everything is taken as filled
 * in; what the logic does not speak about (sums over rows, dates computed from dates) becomes a variable of its own. That only
 * adds freedom: when the solver says "impossible", it is impossible.
 */
export type Encoding = {
  /** Declarations, with `|p:ID|` ⇒ the rule holds, `|n:ID|` ⇒ it is broken, `|w:ID|` ⇒ it applies. */
  text: string;
  rules: string[];
};

type Sort = 'Bool' | 'Int' | 'Real';
type Term = { sort: Sort; text: string };

const SYMBOLS: Record<CompareOperator, string> = { '==': '=', '!=': '=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };
const CODE = ['text', 'code', 'codes'];

/** Encodes the rules of one linked call (parameters and readings already put in). Only rules that can refuse are encoded. */
export function encodeRules(rules: readonly CompiledRule[]): Encoding {
  const encoder = new Encoder();
  const lines: string[] = [];
  const ids: string[] = [];
  for (const rule of rules) {
    if (rule.severity !== 'block' || !rule.require) continue;
    const applies = encoder.all([rule.forEach?.when, rule.when].filter((part) => part !== undefined));
    const excepted = rule.except.map((exception) => encoder.test(exception.when));
    const holds = encoder.test(rule.require);
    const kept = `(or (not ${applies}) ${[...excepted, holds].join(' ')})`;
    ids.push(rule.id);
    lines.push(
      `(declare-const |p:${rule.id}| Bool)(assert (=> |p:${rule.id}| ${kept}))`,
      `(declare-const |n:${rule.id}| Bool)(assert (=> |n:${rule.id}| (not ${kept})))`,
      `(declare-const |w:${rule.id}| Bool)(assert (=> |w:${rule.id}| (and ${[applies, ...excepted.map((term) => `(not ${term})`)].join(' ')})))`,
    );
  }
  return { text: [...encoder.declarations(), ...lines].join('\n'), rules: ids };
}

class Encoder {
  readonly #declared = new Map<string, Sort>();
  readonly #bounds: string[] = [];
  readonly #codes = new Map<string, number>();

  declarations(): string[] {
    return [...[...this.#declared].map(([name, sort]) => `(declare-const ${name} ${sort})`), ...this.#bounds];
  }

  all(parts: readonly Expr[]): string {
    return parts.length === 0 ? 'true' : `(and ${parts.map((part) => this.test(part)).join(' ')})`;
  }

  test(expr: Expr): string {
    const term = this.#term(expr);
    return term.sort === 'Bool' ? term.text : this.#free(expr, 'Bool').text;
  }

  #term(expr: Expr): Term {
    switch (expr.op) {
      case 'const':
        return this.#constant(expr);
      case 'field':
        return this.#variable(expr.path, sortOf(expr), expr.type === 'money');
      case 'cell':
        // One row stands for any: what no row can satisfy, this one cannot either.
        return this.#variable(expr.address, sortOf(expr), expr.type === 'money');
      case 'today':
        return this.#variable('at.date', 'Int', false);
      case 'and':
      case 'or':
        return bool(`(${expr.op} ${expr.of.map((part) => this.test(part)).join(' ')})`);
      case 'not':
        return bool(`(not ${this.test(expr.of)})`);
      case 'compare':
        return this.#compare(expr.is, expr.left, expr.right) ?? this.#free(expr, 'Bool');
      case 'in':
        return this.#within(expr.left, expr.right) ?? this.#free(expr, 'Bool');
      case 'add':
      case 'subtract':
        return this.#sum(expr.op === 'add' ? '+' : '-', this.#term(expr.left), this.#term(expr.right));
      case 'multiply':
        return this.#product(expr) ?? this.#free(expr, 'Real');
      case 'if': {
        const [then, otherwise] = sameSort(this.#term(expr.then), this.#term(expr.else));
        return { sort: then.sort, text: `(ite ${this.test(expr.if)} ${then.text} ${otherwise.text})` };
      }
      case 'count':
        return this.#variable(nameOf(expr, expr.list), 'Int', true);
      default:
        return this.#free(expr, sortOf(expr));
    }
  }

  #constant({ type, value }: Extract<Expr, { op: 'const' }>): Term {
    if (type === 'boolean') return bool(String(value));
    if (type === 'date') return { sort: 'Int', text: integer(parseDate(String(value)) ?? 0) };
    if (type === 'ratio') {
      const { n, d } = value as Ratio;
      return { sort: 'Real', text: `(/ ${n}.0 ${d}.0)` };
    }
    if (typeof value === 'number') return { sort: 'Int', text: integer(value) };
    return { sort: 'Int', text: integer(this.#code(String(value))) };
  }

  #compare(is: CompareOperator, a: Expr, b: Expr): Term | undefined {
    const [left, right] = sameSort(this.#term(a), this.#term(b));
    if (left.sort !== right.sort) return undefined;
    if ((left.sort === 'Bool' || CODE.includes(a.type)) && is !== '==' && is !== '!=') return undefined;
    const text = `(${SYMBOLS[is]} ${left.text} ${right.text})`;
    return bool(is === '!=' ? `(not ${text})` : text);
  }

  #within(left: Expr, right: Expr): Term | undefined {
    if (right.op !== 'const' || !Array.isArray(right.value) || left.type === 'codes') return undefined;
    const { text } = this.#term(left);
    const same = (right.value as readonly (string | number)[]).map(
      (value) => `(= ${text} ${integer(typeof value === 'number' ? value : this.#code(value))})`,
    );
    return bool(same.length === 0 ? 'false' : `(or ${same.join(' ')})`);
  }

  #sum(operator: '+' | '-', a: Term, b: Term): Term {
    const [left, right] = sameSort(a, b);
    return { sort: left.sort, text: `(${operator} ${left.text} ${right.text})` };
  }

  /** Only with a constant on one side: anything else is beyond linear arithmetic. */
  #product(expr: { left: Expr; right: Expr }): Term | undefined {
    if (expr.left.op !== 'const' && expr.right.op !== 'const') return undefined;
    const [left, right] = sameSort(this.#term(expr.left), this.#term(expr.right));
    return { sort: left.sort, text: `(* ${left.text} ${right.text})` };
  }

  #free(expr: Expr, sort: Sort): Term {
    return this.#variable(JSON.stringify(expr), sort, false);
  }

  #variable(key: string, sort: Sort, notNegative: boolean): Term {
    const name = `|${key.replaceAll(/[|\\]/g, '_')}|`;
    if (!this.#declared.has(name)) {
      this.#declared.set(name, sort);
      if (notNegative) this.#bounds.push(`(assert (>= ${name} 0))`);
    }
    return { sort: this.#declared.get(name) ?? sort, text: name };
  }

  #code(value: string): number {
    const known = this.#codes.get(value) ?? this.#codes.size + 1;
    this.#codes.set(value, known);
    return known;
  }
}

const bool = (text: string): Term => ({ sort: 'Bool', text });
const integer = (value: number): string => (value < 0 ? `(- ${-value})` : String(value));
const nameOf = (expr: Expr, list: ListSource): string => `${list.from}:${JSON.stringify(expr)}`;

function sortOf(expr: Expr): Sort {
  if (expr.type === 'boolean') return 'Bool';
  return expr.type === 'ratio' ? 'Real' : 'Int';
}

function sameSort(a: Term, b: Term): [Term, Term] {
  if (a.sort === b.sort) return [a, b];
  const real = (term: Term): Term => (term.sort === 'Int' ? { sort: 'Real', text: `(to_real ${term.text})` } : term);
  return [real(a), real(b)];
}
