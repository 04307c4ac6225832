import { daysBeyondMonths, monthsBetween } from '../calendar/dates.ts';
import type { Closures } from '../evaluate/closures.ts';
import { EMPTY_ROW, type Context } from '../evaluate/context.ts';
import { add, compare, isFraction, negate, roundToInteger, type Exact } from '../evaluate/exact.ts';
import { formatMoney, formatTenThousands, formatYuan } from '../money/money.ts';
import { childrenOf, type CompareOperator, type Expr } from '../tree.ts';
import { decidingTerms, rowsWhere } from './deciding.ts';
import { isIdentity } from './identity.ts';
import type { Phrases } from './phrases.ts';
import type { Vocabulary } from './vocabulary.ts';

type Of<Op extends Expr['op']> = Extract<Expr, { op: Op }>;

const MOST_NAMED = 5;

/** Says what was found: the applicant's values, the bound that follows from them, the rows and records that count. */
export class Findings {
  readonly #vocabulary: Vocabulary;
  readonly #closures: Closures;
  readonly #phrases: Phrases;
  readonly #context: Context;

  constructor(vocabulary: Vocabulary, closures: Closures, phrases: Phrases, context: Context) {
    this.#vocabulary = vocabulary;
    this.#closures = closures;
    this.#phrases = phrases;
    this.#context = context;
  }

  /** The findings that decided a condition, as clauses of one sentence; values first, each said once. */
  of(expr: Expr): string {
    const terms = decidingTerms(expr, this.#closures, this.#context);
    const values = new Map<string, string>();
    const remarks: string[] = [];
    for (const term of terms) this.#term(term, values, remarks);
    const entered = [...values].map(([name, value]) => `${name}${value}`);
    const said = entered.length > 0 ? [`您填的${entered.join('，')}`] : [];
    return [...said, ...new Set(remarks)].filter((part) => part !== '').join('；');
  }

  #term(expr: Expr, values: Map<string, string>, remarks: string[]): void {
    if (isIdentity(expr) && expr.op !== 'exists' && expr.op !== 'not') return;
    switch (expr.op) {
      case 'compare':
        for (const side of [expr.left, expr.right]) {
          if (side.op === 'call') this.#call(side, values, remarks);
          else this.#operand(side, values, remarks);
        }
        remarks.push(this.#difference(expr));
        return;
      case 'in':
        this.#operand(expr.left, values, remarks);
        return;
      case 'not':
        this.#term(expr.of, values, remarks);
        return;
      case 'exists':
      case 'all':
        remarks.push(this.#rows(expr));
        return;
      case 'call':
        this.#call(expr, values, remarks);
        return;
      default:
        this.#operand(expr, values, remarks);
    }
  }

  /** Every answer that a value rests on, by name; counts and sums are said with their rows. */
  #operand(expr: Expr, values: Map<string, string>, remarks: string[]): void {
    switch (expr.op) {
      case 'field':
      case 'cell':
        this.#answer(expr, values);
        return;
      case 'count':
        remarks.push(this.#counted(expr));
        return;
      case 'sum':
        this.#summed(expr, values, remarks);
        return;
      case 'if': {
        const chosen = this.#closures.test(expr.if)(this.#context);
        if (chosen !== undefined) this.#operand(chosen ? expr.then : expr.else, values, remarks);
        return;
      }
      default:
        for (const child of childrenOf(expr)) this.#operand(child, values, remarks);
    }
  }

  #answer(expr: Of<'field'> | Of<'cell'>, values: Map<string, string>): void {
    const name = this.#phrases.name(expr);
    const shown = this.#phrases.shown(expr, this.#context);
    if (expr.type === 'boolean') values.set(`“${name}”`, `为“${shown}”`);
    else if (expr.type === 'text' && [...shown].length > 40)
      values.set(name, `为“${[...shown].slice(0, 40).join('')}……”`);
    else values.set(name, shown === '未填' ? '还没有填' : `为${shown}`);
  }

  #call(expr: Of<'call'>, values: Map<string, string>, remarks: string[]): void {
    const [from, to] = expr.args;
    if (expr.fn === 'filled') {
      const filled = this.#closures.run(expr)(this.#context) === true;
      remarks.push(
        filled ? `${this.#phrases.name(from ?? expr)}已填写` : `还没有填写${this.#phrases.name(from ?? expr)}`,
      );
      return;
    }
    for (const argument of expr.args) this.#operand(argument, values, remarks);
    if (!from || !to) return;
    if (expr.fn === 'lasts_at_least' || expr.fn === 'lasts_at_most' || expr.fn === 'months_between') {
      remarks.push(this.#period(from, to));
    } else if (expr.type !== 'boolean' && expr.fn !== 'min' && expr.fn !== 'max') {
      const value = this.#closures.run(expr)(this.#context);
      if (value !== undefined)
        remarks.push(`${this.#phrases.name(expr)}为${this.#vocabulary.show(value, expr.type, undefined)}`);
    }
  }

  #period(from: Expr, to: Expr): string {
    const [a, b] = [this.#closures.run(from)(this.#context), this.#closures.run(to)(this.#context)];
    if (typeof a !== 'number' || typeof b !== 'number') return '';
    if (b < a) return '结束早于开始';
    const [months, days] = [monthsBetween(a, b), daysBeyondMonths(a, b)];
    return `前后共${months}个月${days > 0 ? `零${days}天` : ''}`;
  }

  #summed(expr: Of<'sum'>, values: Map<string, string>, remarks: string[]): void {
    const total = this.#closures.run(expr)(this.#context);
    const name = this.#phrases.name(expr);
    if (total === undefined) remarks.push(`${name}还算不出来`);
    else values.set(name, `为${this.#vocabulary.show(total, expr.type, undefined)}`);
  }

  /** Rows that count: 共3项：《甲》（…）、《乙》（…）. */
  #counted(expr: Of<'count'>): string {
    const rows = rowsWhere(expr, this.#closures, this.#context, true);
    const { noun, measure } = this.#vocabulary.list(expr.list);
    const all = expr.body.op === 'const';
    if (rows.length === 0) {
      const such = `${all ? '' : '这样的'}${noun}`;
      return expr.list.from === 'facts'
        ? `没有查到${such}`
        : `${expr.list.from === 'materials' ? '还没有' : '没有填'}${such}`;
    }
    return `${this.#seen(expr)}${all ? '' : '这样的'}${noun}共${rows.length}${measure}${this.#named(expr, rows)}`;
  }

  #rows(expr: Of<'exists'> | Of<'all'>): string {
    const { noun, measure } = this.#vocabulary.list(expr.list);
    const rows = this.#closures.rows(expr.list)(this.#context) ?? [];
    if (rows.length === 0) return this.#none(expr);
    const value = this.#closures.test(expr)(this.#context);
    if (expr.op === 'exists' && expr.name === '') return this.#membership(expr, rows);
    if (expr.op === 'exists') {
      if (value !== true) {
        if (expr.list.from === 'facts') return `没有查到这样的${noun}`;
        const own = this.#ownRows(expr);
        if (own.length === 0) return this.#none(expr);
        return `现有的${own.length}${measure}${noun}里没有符合的${this.#each(expr, own)}`;
      }
      return `${this.#seen(expr)}${noun}${this.#named(expr, rowsWhere(expr, this.#closures, this.#context, true))}`;
    }
    if (value === true) return `${rows.length}${measure}${noun}都符合`;
    const breaking = rowsWhere(expr, this.#closures, this.#context, false);
    return breaking
      .slice(0, MOST_NAMED)
      .map(({ row, at }) => this.#inRow(expr, row, at))
      .concat(breaking.length > MOST_NAMED ? [`等${breaking.length}${measure}`] : [])
      .join('；');
  }

  /** `x in table.column`: the value looked for, and what the column holds. */
  #membership(expr: Of<'exists'>, rows: readonly Readonly<Record<string, unknown>>[]): string {
    const equal = expr.body.op === 'and' ? expr.body.of.at(-1) : expr.body;
    if (equal?.op !== 'compare' || isIdentity(equal)) return '';
    const { noun, name } = this.#vocabulary.list(expr.list);
    const named = rows.slice(0, MOST_NAMED).map((row, at) => name(row ?? EMPTY_ROW, at));
    const looked = `${this.#phrases.name(equal.right)}为${this.#phrases.shown(equal.right, this.#context)}`;
    return `${looked}，${noun}有${named.join('、')}${rows.length > MOST_NAMED ? '等' : ''}`;
  }

  #none(expr: Of<'exists'> | Of<'all'>): string {
    const { noun } = this.#vocabulary.list(expr.list);
    if (expr.list.from === 'materials') return `还没有上传《${noun}》`;
    return expr.list.from === 'facts' ? `没有查到${noun}` : `还没有填写${noun}`;
  }

  /** One row and the values in it that decided. */
  #inRow(expr: Of<'exists'> | Of<'all'>, row: Readonly<Record<string, unknown>>, at: number): string {
    this.#context.rows[expr.slot] = row;
    const { noun, name } = this.#vocabulary.list(expr.list);
    const inside = this.of(expr.body).replace(/^您填的/, '');
    return `${noun}${name(row, at)}${inside === '' ? '' : `：${inside}`}`;
  }

  /** The rows it is about at all: files of another row do not count. */
  #ownRows(expr: Of<'exists'>): { row: Readonly<Record<string, unknown>>; at: number }[] {
    const parts = expr.body.op === 'and' ? expr.body.of.filter(isIdentity) : [];
    const whose: Expr = { op: 'and', type: 'boolean', of: parts };
    return parts.length > 0
      ? rowsWhere({ ...expr, body: whose }, this.#closures, this.#context, true)
      : (this.#closures.rows(expr.list)(this.#context) ?? []).map((row, at) => ({ row: row ?? EMPTY_ROW, at }));
  }

  /** Why none of the applicant's own rows fits, when they are few. */
  #each(expr: Of<'exists'>, rows: readonly { row: Readonly<Record<string, unknown>>; at: number }[]): string {
    if (rows.length > MOST_NAMED) return '';
    const said = rows.map(({ row, at }) => this.#inRow(expr, row, at));
    return said.length > 0 ? `（${said.join('；')}）` : '';
  }

  #seen(expr: Of<'exists'> | Of<'all'> | Of<'count'>): string {
    return expr.list.from === 'facts' ? '查到' : expr.list.from === 'materials' ? '已上传的' : '您填的';
  }

  #named(expr: Of<'exists'> | Of<'count'>, rows: { row: Readonly<Record<string, unknown>>; at: number }[]): string {
    const { name, measure } = this.#vocabulary.list(expr.list);
    const named = rows.slice(0, MOST_NAMED).map(({ row, at }) => name(row ?? EMPTY_ROW, at));
    const more = rows.length > MOST_NAMED ? `等${rows.length}${measure}` : '';
    return named.length > 0 ? `：${named.join('、')}${more}` : '';
  }

  /** How far an amount is from its bound: 自筹资金至少应为69.993万元，还差0.003万元（30元）. */
  #difference(expr: Of<'compare'>): string {
    const { left, right, is } = expr;
    if (left.type !== 'money' || this.#closures.test(expr)(this.#context) !== false) return '';
    const value = this.#closures.run(left)(this.#context) as Exact | undefined;
    const bound = this.#closures.run(right)(this.#context) as Exact | undefined;
    const said = BOUND_WORDS[is];
    if (value === undefined || bound === undefined || !said) return '';
    const nearest = roundToInteger(bound, is === '>=' || is === '>' ? 'up' : 'down');
    const gap = add(nearest, negate(value));
    const size = compare(gap, 0) < 0 ? negate(gap) : gap;
    if (isFraction(size)) return '';
    const isAnswer = left.op === 'field' || left.op === 'cell' || left.op === 'sum';
    const computed = isAnswer ? '' : `合起来为${this.#vocabulary.show(value, 'money', undefined)}，`;
    const name = isAnswer ? this.#phrases.name(left) : '';
    const shownBound = isPlain(right) ? '' : `${name}${said.bound}${formatMoney(nearest)}，`;
    const side = is === '==' ? (compare(gap, 0) > 0 ? '少了' : '多了') : said.gap;
    return size === 0 ? '' : `${computed}${shownBound}${side}${showDifference(size)}`;
  }
}

const BOUND_WORDS: Partial<Record<CompareOperator, { bound: string; gap: string }>> = {
  '>=': { bound: '至少应为', gap: '还差' },
  '>': { bound: '应高于', gap: '还差' },
  '<=': { bound: '最多为', gap: '超出' },
  '<': { bound: '应低于', gap: '超出' },
  '==': { bound: '应为', gap: '' },
};

/** A bound that is said already: written in the rule, or an answer of its own. */
const isPlain = (expr: Expr): boolean => expr.op === 'const' || expr.op === 'field' || expr.op === 'cell';

/** Small differences are said in 元 as well: 0.003万元（30元）. */
const showDifference = (fen: number): string =>
  fen >= 100 && fen < 1_000_000 ? `${formatTenThousands(fen)}（${formatYuan(fen)}）` : formatMoney(fen);
