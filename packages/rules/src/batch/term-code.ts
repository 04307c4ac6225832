import { countsRows } from '../evaluate/comparisons.ts';
import { FUNCTIONS } from '../evaluate/functions.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { constantValue, type Run, type Value } from '../evaluate/values.ts';
import type { CompareOperator, Expr, Ratio } from '../tree.ts';
import { Answers } from './answers.ts';

const SIGN_TESTS: Record<CompareOperator, string> = {
  '>=': 'ge',
  '>': 'gt',
  '<=': 'le',
  '<': 'lt',
  '==': 'eq',
  '!=': 'ne',
};
const ARITHMETIC = { add: 'plus', subtract: 'minus', multiply: 'times' } as const;
const text = (value: string): string => JSON.stringify(value);
const rows = (slot: number): string => Array.from({ length: slot }, (_, at) => `r${at}`).join(',');

/** Writes terms of the tree as JavaScript expressions, with the functions and constants they need. */
export class TermCode {
  readonly constants: unknown[] = [];
  readonly #linked: LinkedCall;
  readonly functions: string[] = [];
  readonly answers: Answers;
  #names = 0;
  /** Row variables in force where code is being written: r0 … */
  #depth = 0;

  constructor(linked: LinkedCall) {
    this.#linked = linked;
    this.answers = new Answers({
      constant: (value) => this.#constant(value),
      shown: (address) => {
        const condition = linked.closures.shownIf(address);
        return condition && this.function(0, (temps) => `return ${this.test(condition, temps)}`);
      },
    });
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #constant(value: unknown): string {
    this.constants.push(value);
    return `K[${this.constants.length - 1}]`;
  }

  /** A function of the rows in force; inside, `deeper` more are. Yields its name. */
  function(depth: number, body: (temps: Temps) => string, deeper = 0): string {
    const name = this.#name('f');
    const temps = new Temps();
    const outside = this.#depth;
    this.#depth = depth + deeper;
    const written = body(temps);
    this.#depth = outside;
    this.functions.push(`function ${name}(${rows(depth)}){${temps.declaration()}${written}}`);
    return name;
  }

  /** An expression yielding 0, 1 or 2. */
  test(expr: Expr, temps: Temps): string {
    switch (expr.op) {
      case 'const':
        return expr.value === true ? '2' : '0';
      case 'and':
      case 'or':
        return this.#junction(expr.op, expr.of, temps);
      case 'not':
        return `(2-${this.test(expr.of, temps)})`;
      case 'compare':
        return this.#compare(expr, temps);
      case 'in':
        return this.#in(expr.left, expr.right, temps);
      case 'listed':
        return `(${this.answers.list(expr.list)}===undefined?0:2)`;
      case 'exists':
      case 'all':
        return this.#quantifier(expr);
      case 'if': {
        const [test, t] = [this.test(expr.if, temps), temps.next()];
        const [yes, no] = [this.test(expr.then, temps), this.test(expr.else, temps)];
        return `((${t}=${test})===2?${yes}:${t}===0?${no}:R.truth(R.either(R.untruth(${yes}),R.untruth(${no}))))`;
      }
      case 'call':
        return expr.fn === 'filled' ? this.#filled(expr.args[0], temps) : `R.truth(${this.#value(expr, temps)})`;
      default:
        return `R.truth(${this.#value(expr, temps)})`;
    }
  }

  #filled(argument: Expr | undefined, temps: Temps): string {
    return argument ? `R.filled(${this.#value(argument, temps)})` : '0';
  }

  /** `and` is the least, `or` the greatest; the rest is not looked at once it is decided. */
  #junction(op: 'and' | 'or', of: readonly Expr[], temps: Temps): string {
    const [first, ...others] = of;
    if (!first) return op === 'and' ? '2' : '0';
    const test = this.test(first, temps);
    if (others.length === 0) return test;
    const [x, y] = [temps.next(), temps.next()];
    const rest = this.#junction(op, others, temps);
    const [decisive, better] = op === 'and' ? ['0', '<'] : ['2', '>'];
    return `((${x}=${test})===${decisive}?${decisive}:(${y}=${rest})${better}${x}?${y}:${x})`;
  }

  #compare(expr: Extract<Expr, { op: 'compare' }>, temps: Temps): string {
    const { left, right, is } = expr;
    const test = SIGN_TESTS[is];
    if (left.type === 'text' || left.type === 'code' || left.type === 'boolean') {
      const same = `R.same(${this.#value(left, temps)},${this.#value(right, temps)})`;
      return is === '==' ? same : `(2-${same})`;
    }
    if (countsRows(left) || countsRows(right)) return this.#compareRanges(expr);
    const [a, b] = [scaledBy(left), scaledBy(right)];
    if (a || b) {
      const x = this.#value(a ? a.of : left, temps);
      const y = this.#value(b ? b.of : right, temps);
      const [m, k] = [(a?.n ?? 1) * (b?.d ?? 1), (b?.n ?? 1) * (a?.d ?? 1)];
      return `R.${test}(R.scaledSign(${x},${m},${y},${k}))`;
    }
    return `R.${test}(R.sign(${this.#value(left, temps)},${this.#value(right, temps)}))`;
  }

  /** Counts known only between two ends may decide all the same. */
  #compareRanges({ left, right, is }: Extract<Expr, { op: 'compare' }>): string {
    const name = this.function(this.#depth, (temps) => {
      const lines: string[] = [];
      const [a, b] = this.#range(left, temps, lines);
      const [c, d] = this.#range(right, temps, lines);
      const known = `if(${a}!==undefined&&${c}!==undefined&&${a}===${b}&&${c}===${d})return R.${SIGN_TESTS[is]}(R.sign(${a},${c}));`;
      return `${lines.join('')}${known}return ${a}===undefined||${c}===undefined?1:R.range(${a},${b},${c},${d},${text(is)})`;
    });
    return `${name}(${rows(this.#depth)})`;
  }

  #range(expr: Expr, temps: Temps, lines: string[]): [string, string] {
    const [low, high] = [temps.next(), temps.next()];
    if (expr.op === 'count') {
      this.#depth += 1;
      const body = this.test(expr.body, temps);
      this.#depth -= 1;
      const l = temps.next();
      lines.push(`${l}=${this.answers.list(expr.list)};if(${l}===undefined)return 1;${low}=0;${high}=0;
for(let i=0;i<${l}.length;i++){const r${expr.slot}=${l}[i]??R.EMPTY;const t=${body};if(t===2){${low}++;${high}++}else if(t===1)${high}++}`);
    } else if (expr.op === 'add' || expr.op === 'subtract') {
      const [a, b] = this.#range(expr.left, temps, lines);
      const [c, d] = this.#range(expr.right, temps, lines);
      lines.push(
        expr.op === 'add'
          ? `${low}=R.plus(${a},${c});${high}=R.plus(${b},${d});`
          : `${low}=R.minus(${a},${d});${high}=R.minus(${b},${c});`,
      );
    } else lines.push(`${low}=${high}=${this.#value(expr, temps)};`);
    return [low, high];
  }

  #in(left: Expr, right: Expr, temps: Temps): string {
    const value = this.#value(left, temps);
    if (right.op === 'list') {
      const members = right.of.map((member): Expr => ({
        op: 'compare',
        type: 'boolean',
        is: '==',
        left,
        right: member,
      }));
      return this.#junction('or', members, temps);
    }
    if (right.op !== 'const') return `R.inList(${value},${this.#value(right, temps)})`;
    const members = right.value as readonly (string | number)[];
    if (members.length > 4) return `R.among(${value},${this.#constant(new Set(members))})`;
    const t = temps.next();
    const equal = members.map((member) => `${t}===${JSON.stringify(member)}`).join('||') || 'false';
    return `((${t}=${value})===undefined?1:${equal}?2:0)`;
  }

  #quantifier({ op, list, slot, body }: Extract<Expr, { op: 'exists' | 'all' }>): string {
    const [decisive, other] = op === 'exists' ? [2, 0] : [0, 2];
    const source = this.answers.list(list);
    const loop = (temps: Temps): string => {
      const test = this.test(body, temps);
      return `const l=${source};if(l===undefined)return 1;let open=false;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;const t=${test};if(t===${decisive})return ${decisive};if(t===1)open=true}
return open?1:${other}`;
    };
    return `${this.function(slot, loop, 1)}(${rows(slot)})`;
  }

  /** An expression yielding a value, or undefined. */
  #value(expr: Expr, temps: Temps): string {
    switch (expr.op) {
      case 'const':
        return this.#literal(expr);
      case 'field':
        return this.answers.answer(expr.path, expr.type);
      case 'cell':
        return this.#cell(expr);
      case 'today':
        return 'T';
      case 'topic':
        return this.#topic(expr.key);
      case 'add':
      case 'subtract':
      case 'multiply':
        return `R.${ARITHMETIC[expr.op]}(${this.#value(expr.left, temps)},${this.#value(expr.right, temps)})`;
      case 'if': {
        const [test, t] = [this.test(expr.if, temps), temps.next()];
        const [yes, no] = [this.#value(expr.then, temps), this.#value(expr.else, temps)];
        return `((${t}=${test})===2?${yes}:${t}===0?${no}:R.either(${yes},${no}))`;
      }
      case 'call':
        return this.#call(expr, temps);
      case 'count':
        return this.#count(expr);
      case 'sum':
        return this.#sum(expr);
      default:
        return `R.untruth(${this.test(expr, temps)})`;
    }
  }

  #literal({ type, value }: Extract<Expr, { op: 'const' }>): string {
    const constant = constantValue(type, value);
    return typeof constant === 'number' || typeof constant === 'string' || typeof constant === 'boolean'
      ? JSON.stringify(constant)
      : this.#constant(constant);
  }

  #cell({ slot, key, type, address }: Extract<Expr, { op: 'cell' }>): string {
    const read = `R.READ.${type}(r${slot}[${text(key)}])`;
    const condition = this.#linked.closures.shownIf(address);
    if (!condition) return read;
    const name = this.function(1, (temps) => {
      const shown = this.test(condition, temps);
      return `const v=R.READ.${type}(r0[${text(key)}]);return v===undefined||${shown}===0?undefined:v`;
    });
    return `${name}(r${slot})`;
  }

  #topic(key: string): string {
    const field = this.#linked.call.topicField;
    if (field === undefined) return 'undefined';
    const values = new Map(
      this.#linked.call.topics.flatMap(({ code, values: own }) => {
        const value = own[key];
        return value ? [[code, constantValue(value.type, value.value)] as const] : [];
      }),
    );
    return `${this.#constant(values)}.get(${this.answers.answer(field, 'code')})`;
  }

  /** The same functions as the closures run, on values already computed. */
  #call(expr: Extract<Expr, { op: 'call' }>, temps: Temps): string {
    if (expr.fn === 'filled') return `R.untruth(${this.#filled(expr.args[0], temps)})`;
    const pick = (at: number): Run => ((values: readonly Value[]) => values[at]) as unknown as Run;
    const run = FUNCTIONS[expr.fn](
      expr.args.map((_, at) => pick(at)),
      this.#linked.closures.world,
      expr.args,
    );
    return `${this.#constant(run)}([${expr.args.map((argument) => this.#value(argument, temps)).join(',')}])`;
  }

  #count({ list, slot, body }: Extract<Expr, { op: 'count' }>): string {
    const source = this.answers.list(list);
    const loop = (temps: Temps): string => {
      const test = this.test(body, temps);
      return `const l=${source};if(l===undefined)return undefined;let n=0;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;const t=${test};if(t===2)n++;else if(t===1)return undefined}
return n`;
    };
    return `${this.function(slot, loop, 1)}(${rows(slot)})`;
  }

  #sum({ list, slot, body }: Extract<Expr, { op: 'sum' }>): string {
    const source = this.answers.list(list);
    const loop = (temps: Temps): string => {
      const value = this.#value(body, temps);
      return `const l=${source};if(l===undefined)return undefined;let n=0;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;n=R.plus(n,${value});if(n===undefined)return undefined}
return n`;
    };
    return `${this.function(slot, loop, 1)}(${rows(slot)})`;
  }
}

/** Names for values in the middle of an expression, declared at the head of its function. */
export class Temps {
  #count = 0;

  next(): string {
    this.#count += 1;
    return `t${this.#count}`;
  }

  declaration(): string {
    return this.#count === 0 ? '' : `let ${Array.from({ length: this.#count }, (_, at) => `t${at + 1}`).join(',')};`;
  }
}

/** `ratio × value` with a fixed ratio. */
function scaledBy(expr: Expr): { of: Expr; n: number; d: number } | undefined {
  if (expr.op !== 'multiply') return undefined;
  for (const [ratio, of] of [
    [expr.left, expr.right],
    [expr.right, expr.left],
  ] as const) {
    if (ratio.op === 'const' && ratio.type === 'ratio' && of.type !== 'ratio') return { of, ...(ratio.value as Ratio) };
  }
  return undefined;
}
