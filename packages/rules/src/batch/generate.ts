import type { CompiledRule } from '../call.ts';
import { parseDate } from '../calendar/dates.ts';
import { constantValue, countsRows, decideByRange, type Run, type Value } from '../evaluate/closures.ts';
import { FUNCTIONS } from '../evaluate/functions.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { POSSIBLE, settle } from '../evaluate/rule-outcome.ts';
import type { Subject } from '../subject.ts';
import type { CompareOperator, Expr, ListSource, Ratio } from '../tree.ts';
import type { Outcome } from '../verdict.ts';
import { BYTE_OF, ROW_RANK, type Batch } from './batch.ts';
import { RUNTIME, type Truth } from './runtime.ts';

/**
 * A batch as generated code: every answer is read once for all rules, every term is plain JavaScript. For servers and
 * command lines only: a browser's content policy forbids making code from text. The text is made from the compiled tree
 * alone; words of a definition get into it only as JSON strings.
 */
export function generatedBatch(linked: LinkedCall): Batch {
  const generator = new Generator(linked);
  const source = generator.source(linked.rules);
  // eslint-disable-next-line no-new-func -- the purpose of this module
  const make = new Function('R', 'K', source) as (runtime: typeof RUNTIME, constants: readonly unknown[]) => Judge;
  const judge = make({ ...RUNTIME, ...TABLES } as typeof RUNTIME, generator.constants);
  return {
    rules: linked.rules.map(({ id }) => id),
    judge: (subject, out, at = 0) => judge(subject, parseDate(subject.at.date), out, at),
  };
}

type Judge = (subject: Subject, today: number | undefined, out: Uint8Array, at: number) => void;

/** From a set of possible outcomes to the byte, and from a byte to its rank among rows. */
const TABLES = {
  SETTLED: Uint8Array.from({ length: 32 }, (_, possible) => BYTE_OF[settle(possible)]),
  RANK: Uint8Array.from(
    (['pass', 'fail', 'unknown', 'needs_human', 'not_applicable'] as const satisfies readonly Outcome[]).map(
      (outcome) => ROW_RANK[outcome],
    ),
  ),
  range: (a: Value, b: Value, c: Value, d: Value, is: CompareOperator): Truth =>
    RUNTIME.truth(decideByRange([a, b] as never, [c, d] as never, is)),
};

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

class Generator {
  readonly constants: unknown[] = [];
  readonly #linked: LinkedCall;
  readonly #declared: string[] = [];
  readonly #prologue: string[] = [];
  readonly #functions: string[] = [];
  readonly #answers = new Map<string, string>();
  readonly #lists = new Map<string, string>();
  readonly #sections = new Map<string, string>();
  #names = 0;
  /** Row variables in force where code is being written: r0 … */
  #depth = 0;

  constructor(linked: LinkedCall) {
    this.#linked = linked;
  }

  source(rules: readonly CompiledRule[]): string {
    const calls = rules.map((rule, place) => {
      const name = this.#rule(rule);
      return `try{out[at+${place}]=${name}()}catch{out[at+${place}]=${BYTE_OF.defect}}`;
    });
    return `'use strict';
let S,T;${this.#declared.length > 0 ? `let ${this.#declared.join(',')};` : ''}
${this.#functions.join('\n')}
return function judge(subject,today,out,at){S=subject;T=today;
const A=subject.application??R.EMPTY,M=subject.materials??R.EMPTY,F=subject.facts??R.EMPTY;
${this.#prologue.join('\n')}
${calls.join('\n')}
}`;
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
  #function(depth: number, body: (temps: Temps) => string, deeper = 0): string {
    const name = this.#name('f');
    const temps = new Temps();
    const outside = this.#depth;
    this.#depth = depth + deeper;
    const written = body(temps);
    this.#depth = outside;
    this.#functions.push(`function ${name}(${rows(depth)}){${temps.declaration()}${written}}`);
    return name;
  }

  /** A function that yields the byte of a rule. */
  #rule(rule: CompiledRule): string {
    const { forEach } = rule;
    const possible = this.#function(forEach ? 1 : 0, (temps) => this.#possible(rule, temps));
    if (!forEach) return this.#function(0, () => `return R.SETTLED[${possible}()]`);
    const list = this.#list(forEach.list);
    const { when } = rule;
    const whole = when && this.#function(1, (own) => `return ${this.#test(when, own)}`);
    const without = whole ? `${whole}(R.EMPTY)===0?${BYTE_OF.not_applicable}:${BYTE_OF.unknown}` : BYTE_OF.unknown;
    const loop = (temps: Temps): string => {
      const concerned = forEach.when ? this.#test(forEach.when, temps) : '2';
      return `const l=${list};if(l===undefined)return ${without};
let worst=${BYTE_OF.not_applicable};
for(let i=0;i<l.length;i++){const r0=l[i]??R.EMPTY;const here=${concerned};if(here===0)continue;
const byte=R.SETTLED[${possible}(r0)|(here===1?${POSSIBLE.not_applicable}:0)];
if(R.RANK[byte]>R.RANK[worst])worst=byte}
return worst`;
    };
    return this.#function(0, loop, 1);
  }

  #possible(rule: CompiledRule, temps: Temps): string {
    const lines = ['let p=0,t=0;'];
    if (rule.when) {
      const bit = POSSIBLE.not_applicable;
      lines.push(`t=${this.#test(rule.when, temps)};if(t===0)return ${bit};if(t===1)p|=${bit};`);
    }
    for (const exception of rule.except) {
      const bit = POSSIBLE[exception.outcome];
      lines.push(`t=${this.#test(exception.when, temps)};if(t===2)return p|${bit};if(t===1)p|=${bit};`);
    }
    const { pass, fail, needs_human: human } = POSSIBLE;
    if (rule.require) {
      lines.push(`t=${this.#test(rule.require, temps)};if(t===0)return p|${fail};if(t===1)return p|${pass | fail};`);
    }
    if (!rule.human) return `${lines.join('')}return p|${pass}`;
    lines.push(`t=${this.#test(rule.human.when, temps)};`);
    return `${lines.join('')}return t===2?p|${human}:p|${pass}|(t===1?${human}:0)`;
  }

  /** An expression yielding 0, 1 or 2. */
  #test(expr: Expr, temps: Temps): string {
    switch (expr.op) {
      case 'const':
        return expr.value === true ? '2' : '0';
      case 'and':
      case 'or':
        return this.#junction(expr.op, expr.of, temps);
      case 'not':
        return `(2-${this.#test(expr.of, temps)})`;
      case 'compare':
        return this.#compare(expr, temps);
      case 'in':
        return this.#in(expr.left, expr.right, temps);
      case 'listed':
        return `(${this.#list(expr.list)}===undefined?0:2)`;
      case 'exists':
      case 'all':
        return this.#quantifier(expr);
      case 'if': {
        const [test, t] = [this.#test(expr.if, temps), temps.next()];
        const [yes, no] = [this.#test(expr.then, temps), this.#test(expr.else, temps)];
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
    const test = this.#test(first, temps);
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
    const name = this.#function(this.#depth, (temps) => {
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
      const body = this.#test(expr.body, temps);
      this.#depth -= 1;
      const l = temps.next();
      lines.push(`${l}=${this.#list(expr.list)};if(${l}===undefined)return 1;${low}=0;${high}=0;
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
    const source = this.#list(list);
    const loop = (temps: Temps): string => {
      const test = this.#test(body, temps);
      return `const l=${source};if(l===undefined)return 1;let open=false;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;const t=${test};if(t===${decisive})return ${decisive};if(t===1)open=true}
return open?1:${other}`;
    };
    return `${this.#function(slot, loop, 1)}(${rows(slot)})`;
  }

  /** An expression yielding a value, or undefined. */
  #value(expr: Expr, temps: Temps): string {
    switch (expr.op) {
      case 'const':
        return this.#literal(expr);
      case 'field':
        return this.#answer(expr.path, expr.type);
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
        const [test, t] = [this.#test(expr.if, temps), temps.next()];
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
        return `R.untruth(${this.#test(expr, temps)})`;
    }
  }

  #literal({ type, value }: Extract<Expr, { op: 'const' }>): string {
    const constant = constantValue(type, value);
    return typeof constant === 'number' || typeof constant === 'string' || typeof constant === 'boolean'
      ? JSON.stringify(constant)
      : this.#constant(constant);
  }

  /** Every answer is read once, before the rules; a hidden one is missing. */
  #answer(path: string, type: string): string {
    const key = `${path} ${type}`;
    const known = this.#answers.get(key);
    if (known) return known;
    const name = this.#name('v');
    this.#answers.set(key, name);
    this.#declared.push(name);
    const [section = '', field = ''] = path.split('.');
    const condition = this.#linked.closures.shownIf(path);
    const shown = condition && this.#function(0, (temps) => `return ${this.#test(condition, temps)}`);
    this.#prologue.push(`${name}=R.READ.${type}(${this.#section(section)}[${text(field)}]);`);
    if (shown) this.#prologue.push(`if(${name}!==undefined&&${shown}()===0)${name}=undefined;`);
    return name;
  }

  #section(key: string): string {
    const known = this.#sections.get(key);
    if (known) return known;
    const name = this.#name('s');
    this.#sections.set(key, name);
    this.#declared.push(name);
    this.#prologue.unshift(`${name}=A[${text(key)}]??R.EMPTY;`);
    return name;
  }

  #list(list: ListSource): string {
    const key = list.from === 'items' ? '' : `${list.from}.${list.path}`;
    const known = this.#lists.get(key);
    if (known) return known;
    if (list.from === 'items') return this.#constant(list.rows);
    const name = this.#name('l');
    this.#lists.set(key, name);
    this.#declared.push(name);
    if (list.from === 'facts') this.#prologue.push(`${name}=R.factRows(F,${text(list.path)});`);
    else if (list.from === 'materials') this.#prologue.push(`${name}=R.files(M[${text(list.path)}]);`);
    else {
      const [section = '', field = ''] = list.path.split('.');
      const condition = this.#linked.closures.shownIf(list.path);
      const shown = condition && this.#function(0, (temps) => `return ${this.#test(condition, temps)}`);
      this.#prologue.push(`${name}=R.list(${this.#section(section)}[${text(field)}]);`);
      if (shown) this.#prologue.push(`if(${name}!==undefined&&${shown}()===0)${name}=undefined;`);
    }
    return name;
  }

  #cell({ slot, key, type, address }: Extract<Expr, { op: 'cell' }>): string {
    const read = `R.READ.${type}(r${slot}[${text(key)}])`;
    const condition = this.#linked.closures.shownIf(address);
    if (!condition) return read;
    const name = this.#function(1, (temps) => {
      const shown = this.#test(condition, temps);
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
    return `${this.#constant(values)}.get(${this.#answer(field, 'code')})`;
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
    const source = this.#list(list);
    const loop = (temps: Temps): string => {
      const test = this.#test(body, temps);
      return `const l=${source};if(l===undefined)return undefined;let n=0;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;const t=${test};if(t===2)n++;else if(t===1)return undefined}
return n`;
    };
    return `${this.#function(slot, loop, 1)}(${rows(slot)})`;
  }

  #sum({ list, slot, body }: Extract<Expr, { op: 'sum' }>): string {
    const source = this.#list(list);
    const loop = (temps: Temps): string => {
      const value = this.#value(body, temps);
      return `const l=${source};if(l===undefined)return undefined;let n=0;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;n=R.plus(n,${value});if(n===undefined)return undefined}
return n`;
    };
    return `${this.#function(slot, loop, 1)}(${rows(slot)})`;
  }
}

/** Names for values in the middle of an expression, declared at the head of its function. */
class Temps {
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
