import { countsRows } from '../evaluate/comparisons.ts';
import { functionsIn, type Apply } from '../evaluate/functions.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { constantValue } from '../evaluate/values.ts';
import type { Expr, FunctionName } from '../tree.ts';
import { asksNoRow, scaledBy } from './about-terms.ts';
import { Answers } from './answers.ts';
import { areNumbers, ARITHMETIC, isPlainText, NUMBER_TESTS, rawCell, readCode, text, type Named } from './snippets.ts';

/** So many members are compared one by one; more are looked up. */
const MOST_COMPARED = 8;
const rows = (slot: number): string => Array.from({ length: slot }, (_, at) => `r${at}`).join(',');

/** Writes terms of the tree as JavaScript expressions, with the functions and constants they need. */
export class TermCode {
  readonly constants: unknown[] = [];
  readonly #linked: LinkedCall;
  readonly #apply: Readonly<Record<Exclude<FunctionName, 'filled'>, Apply>>;
  readonly functions: string[] = [];
  readonly answers: Answers;
  #names = 0;
  /** Row variables in force where code is being written: r0 … */
  #depth = 0;

  constructor(linked: LinkedCall) {
    this.#linked = linked;
    this.#apply = functionsIn(linked.closures.world);
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

  /** A function of the rows in force, and of `also`; inside, `deeper` more rows are. Yields its name. */
  function(
    depth: number,
    body: (temps: Temps) => string,
    { deeper = 0, also = [] }: { deeper?: number; also?: readonly string[] } = {},
  ): string {
    const name = this.#name('f');
    const temps = new Temps();
    const outside = this.#depth;
    this.#depth = depth + deeper;
    const written = body(temps);
    this.#depth = outside;
    const parameters = [rows(depth), ...also].filter((part) => part !== '').join(',');
    this.functions.push(`function ${name}(${parameters}){${temps.declaration()}${written}}`);
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
        const [t, yes, no] = [temps.next(), temps.next(), temps.next()];
        const sides = `${yes}=${t}?${this.test(expr.then, temps)}:1,${no}=${t}===2?1:${this.test(expr.else, temps)}`;
        return `(${t}=${this.test(expr.if, temps)},${sides},${t}===2?${yes}:${t}===0||${yes}===${no}?${no}:1)`;
      }
      case 'call':
        return this.#callTest(expr, temps);
      case 'field':
      case 'cell': {
        const { setup, name } = this.#named(expr, temps);
        return `(${setup}${name}===true?2:${name}===false?0:1)`;
      }
      default:
        return `R.truth(${this.#value(expr, temps)})`;
    }
  }

  /** A value under a name that can be written again: `setup` assigns it first. */
  #named(expr: Expr, temps: Temps): Named {
    const code = this.#value(expr, temps);
    if (expr.op === 'const') return { setup: '', name: code.startsWith('-') ? `(${code})` : code };
    if (/^\w+$/.test(code)) return { setup: '', name: code };
    const name = temps.next();
    return { setup: `${name}=${code},`, name };
  }

  #callTest(expr: Extract<Expr, { op: 'call' }>, temps: Temps): string {
    const [first, second] = expr.args;
    if (expr.fn === 'filled') return this.#filled(first, temps);
    const unread = first?.op === 'cell' && this.#linked.closures.shownIf(first.address) === undefined;
    if (expr.fn === 'contains' && unread && second?.op === 'const') {
      return `R.has(${rawCell(first)},${text(String(second.value))})`;
    }
    return `R.truth(${this.#value(expr, temps)})`;
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
    if (left.type === 'text' || left.type === 'code' || left.type === 'boolean') {
      const same = this.#same(left, right, temps);
      return is === '==' ? same : `(2-${same})`;
    }
    if (countsRows(left) || countsRows(right)) return this.#compareRanges(expr);
    const { sign, otherwise } = NUMBER_TESTS[is];
    const [a, b] = [scaledBy(left), scaledBy(right)];
    const [x, y] = [this.#named(a ? a.of : left, temps), this.#named(b ? b.of : right, temps)];
    if (!a && !b) {
      return `(${x.setup}${y.setup}${areNumbers(x, y)}?${x.name}${sign}${y.name}?2:0:R.${otherwise}(R.sign(${x.name},${y.name})))`;
    }
    const [m, k] = [(a?.n ?? 1) * (b?.d ?? 1), (b?.n ?? 1) * (a?.d ?? 1)];
    const [p, q] = [temps.next(), temps.next()];
    const products = `Number.isSafeInteger(${p}=${x.name}*${m})&&Number.isSafeInteger(${q}=${y.name}*${k})`;
    const exactly = `R.${otherwise}(R.scaledSign(${x.name},${m},${y.name},${k}))`;
    return `(${x.setup}${y.setup}${areNumbers(x, y)}&&${products}?${p}${sign}${q}?2:0:${exactly})`;
  }

  #same(left: Expr, right: Expr, temps: Temps): string {
    const [value, member] = left.op === 'const' ? [right, left] : [left, right];
    if (member.op === 'const') return this.#oneOf(value, [member.value], temps);
    const [x, y] = [this.#named(left, temps), this.#named(right, temps)];
    return `(${x.setup}${y.setup}${x.name}===undefined||${y.name}===undefined?1:${x.name}===${y.name}?2:0)`;
  }

  /** A cell that holds one of the words is looked at no further. */
  #oneOf(value: Expr, members: readonly unknown[], temps: Temps): string {
    const isOne = (name: string): string =>
      members.map((member) => `${name}===${JSON.stringify(member)}`).join('||') || 'false';
    const words = members.every((member) => typeof member === 'string' && member.trim() !== '');
    if (words && value.op === 'cell' && this.#linked.closures.shownIf(value.address) === undefined) {
      const t = temps.next();
      return `(${t}=${rawCell(value)},${isOne(t)}?2:${isPlainText(t)}||R.READ.text(${t})!==undefined?0:1)`;
    }
    const { setup, name } = this.#named(value, temps);
    return `(${setup}${name}===undefined?1:${isOne(name)}?2:0)`;
  }

  /** Counts known only between two ends may decide all the same. */
  #compareRanges({ left, right, is }: Extract<Expr, { op: 'compare' }>): string {
    const name = this.function(this.#depth, (temps) => {
      const lines: string[] = [];
      const [a, b] = this.#range(left, temps, lines);
      const [c, d] = this.#range(right, temps, lines);
      const known = `if(${a}!==undefined&&${c}!==undefined&&${a}===${b}&&${c}===${d})return R.${NUMBER_TESTS[is].otherwise}(R.sign(${a},${c}));`;
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
    if (right.op !== 'const') return `R.inList(${this.#value(left, temps)},${this.#value(right, temps)})`;
    const members = right.value as readonly (string | number)[];
    if (members.length <= MOST_COMPARED) return this.#oneOf(left, members, temps);
    const { setup, name } = this.#named(left, temps);
    return `(${setup}${name}===undefined?1:${this.#constant(new Set(members))}.has(${name})?2:0)`;
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
    return `${this.function(slot, loop, { deeper: 1 })}(${rows(slot)})`;
  }

  /** An expression yielding a value, or undefined. */
  #value(expr: Expr, temps: Temps): string {
    switch (expr.op) {
      case 'const':
        return this.#literal(expr);
      case 'field':
        return this.answers.answer(expr.path, expr.type);
      case 'cell':
        return this.#cell(expr, temps);
      case 'today':
        return 'T';
      case 'topic':
        return this.#topic(expr.key);
      case 'add':
      case 'subtract':
      case 'multiply': {
        const { sign, otherwise } = ARITHMETIC[expr.op];
        const [x, y, z] = [this.#named(expr.left, temps), this.#named(expr.right, temps), temps.next()];
        const small = `${areNumbers(x, y)}&&Number.isSafeInteger(${z}=${x.name}${sign}${y.name})`;
        return `(${x.setup}${y.setup}${small}?${z}:R.${otherwise}(${x.name},${y.name}))`;
      }
      case 'if': {
        const [t, yes, no] = [temps.next(), temps.next(), temps.next()];
        const [then, otherwise] = [this.#value(expr.then, temps), this.#value(expr.else, temps)];
        const sides = `${yes}=${t}?${then}:undefined,${no}=${t}===2?undefined:${otherwise}`;
        return `(${t}=${this.test(expr.if, temps)},${sides},${t}===2?${yes}:${t}===0?${no}:R.either(${yes},${no}))`;
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

  #cell(expr: Extract<Expr, { op: 'cell' }>, temps: Temps): string {
    const condition = this.#linked.closures.shownIf(expr.address);
    if (!condition) return readCode(expr.type, rawCell(expr), temps.next());
    const name = this.function(1, (own) => {
      const [shown, v] = [this.test(condition, own), own.next()];
      return `${v}=${readCode(expr.type, rawCell({ ...expr, slot: 0 }), v)};return ${v}===undefined||${shown}===0?undefined:${v}`;
    });
    return `${name}(r${expr.slot})`;
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

  /** The same functions as the closures run; once an application where no row is asked. */
  #call(expr: Extract<Expr, { op: 'call' }>, temps: Temps): string {
    if (expr.fn === 'filled') return `R.untruth(${this.#filled(expr.args[0], temps)})`;
    const values = expr.args.map((argument) => this.#named(argument, temps));
    const unknown = values.map(({ name }) => `${name}===undefined`).join('||') || 'false';
    const apply = this.#constant(this.#apply[expr.fn]);
    const call = `${apply}(${values.map(({ name }) => name).join(',')})`;
    const code = `(${values.map(({ setup }) => setup).join('')}${unknown}?undefined:${call})`;
    if (!asksNoRow(expr)) return code;
    const name = this.answers.computed(JSON.stringify(expr));
    return `(${name}===R.NONE?${name}=${code}:${name})`;
  }

  #count({ list, slot, body }: Extract<Expr, { op: 'count' }>): string {
    const source = this.answers.list(list);
    const loop = (temps: Temps): string => {
      const test = this.test(body, temps);
      return `const l=${source};if(l===undefined)return undefined;let n=0;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;const t=${test};if(t===2)n++;else if(t===1)return undefined}
return n`;
    };
    return `${this.function(slot, loop, { deeper: 1 })}(${rows(slot)})`;
  }

  #sum({ list, slot, body }: Extract<Expr, { op: 'sum' }>): string {
    const source = this.answers.list(list);
    const loop = (temps: Temps): string => {
      const value = this.#value(body, temps);
      return `const l=${source};if(l===undefined)return undefined;let n=0;
for(let i=0;i<l.length;i++){const r${slot}=l[i]??R.EMPTY;const v=${value};
n=typeof v==='number'&&typeof n==='number'&&Number.isSafeInteger(n+v)?n+v:R.plus(n,v);if(n===undefined)return undefined}
return n`;
    };
    return `${this.function(slot, loop, { deeper: 1 })}(${rows(slot)})`;
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
