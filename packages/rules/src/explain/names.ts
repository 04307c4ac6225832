import type { Closures } from '../evaluate/closures.ts';
import type { Context } from '../evaluate/context.ts';
import { constantValue } from '../evaluate/values.ts';
import type { Expr, ListSource, Ratio } from '../tree.ts';
import { showRatio, type Vocabulary } from './vocabulary.ts';

type Of<Op extends Expr['op']> = Extract<Expr, { op: Op }>;

/** What names of values need: words, the application they may depend on, and how rows and conditions are said. */
export type Says = {
  vocabulary: Vocabulary;
  closures: Closures;
  context: Context | undefined;
  rowsThat: (list: ListSource, body: Expr) => string;
  state: (expr: Expr) => string;
};

/** How sentences call values. */
export class ValueNames {
  readonly #says: Says;

  constructor(says: Says) {
    this.#says = says;
  }

  /** How a sentence calls a value: 自筹资金, 项目总预算的70%. */
  name(expr: Expr): string {
    switch (expr.op) {
      case 'const':
        return expr.type === 'ratio'
          ? showRatio(expr.value as Ratio)
          : this.#says.vocabulary.show(
              constantValue(expr.type, expr.value),
              expr.type,
              expr.address,
              this.#says.context,
            );
      case 'field':
        return this.#says.vocabulary.word(expr.path).name;
      case 'cell':
        return this.#says.vocabulary.word(expr.address).name;
      case 'today':
        return '申报之日';
      case 'topic':
        return this.#topicValue(expr);
      case 'add':
        return `${this.#summands(expr).join('、')}之和`;
      case 'subtract':
        return `${this.name(expr.left)}减去${this.name(expr.right)}`;
      case 'multiply':
        return this.#product(expr);
      case 'if':
        return this.name(this.#chosen(expr));
      case 'count':
        return `${this.#says.rowsThat(expr.list, expr.body)}的${this.#says.vocabulary.list(expr.list).measure}数`;
      case 'sum':
        return this.#sum(expr);
      case 'call':
        return this.#callName(expr);
      default:
        return this.#says.state(expr);
    }
  }

  #topicValue(expr: Of<'topic'>): string {
    const value = this.#says.context && this.#says.closures.run(expr)(this.#says.context);
    return value === undefined ? '所选专题的规定数额' : this.#says.vocabulary.show(value, expr.type, undefined);
  }

  #summands(expr: Expr): string[] {
    return expr.op === 'add' ? [...this.#summands(expr.left), ...this.#summands(expr.right)] : [this.name(expr)];
  }

  #product({ left, right }: Of<'multiply'>): string {
    const [factor, other] = left.op === 'const' ? [left, right] : [right, left];
    if (factor.op !== 'const') return `${this.name(left)}乘以${this.name(right)}`;
    const said = other.op === 'field' || other.op === 'cell' ? this.name(other) : `（${this.name(other)}）`;
    if (factor.type !== 'ratio') return `${said}的${String(factor.value)}倍`;
    const { n, d } = factor.value as Ratio;
    return n === d ? this.name(other) : `${said}的${showRatio({ n, d })}`;
  }

  #chosen(expr: Of<'if'>): Expr {
    const decided = this.#says.context && this.#says.closures.test(expr.if)(this.#says.context);
    return decided === false ? expr.else : expr.then;
  }

  /** A filtered sum is an `if` inside: 境内合作单位的投入合计. */
  #sum({ list, body }: Of<'sum'>): string {
    const amount = body.op === 'if' && body.else.op === 'const' ? body.then : body;
    const rows =
      body.op === 'if' && body.else.op === 'const'
        ? this.#says.rowsThat(list, body.if)
        : `各${this.#says.vocabulary.list(list).noun}`;
    const what = this.name(amount);
    return `${rows}${what.includes('的') ? '' : '的'}${what}合计`;
  }

  #callName({ fn, args }: Of<'call'>): string {
    const [a, b] = args.map((argument) => this.name(argument));
    switch (fn) {
      case 'months_between':
        return `从${a}到${b}的月数`;
      case 'years_between':
        return `从${a}到${b}的整年数`;
      case 'age_on':
        return `到${b}的周岁`;
      case 'add_months':
        return `${a}满${this.duration(args[1])}之日`;
      case 'add_days':
        return this.#daysAfter(args);
      case 'year_of':
        return `${a}所在的年份`;
      case 'retirement_date':
        return '达到法定退休年龄的日期';
      case 'size':
        return args[0]?.type === 'codes' ? `${a}选中的项数` : `${a}的字数`;
      case 'abs':
        return `${a}的差额`;
      case 'min':
        return `${args.map((argument) => this.name(argument)).join('、')}中较小的`;
      case 'max':
        return `${args.map((argument) => this.name(argument)).join('、')}中较大的`;
      default:
        return this.#says.state({ op: 'call', type: 'boolean', fn, args });
    }
  }

  /** 3年, 18个月 */
  duration(months: Expr | undefined): string {
    const count = months && this.#known(months);
    if (count === undefined) return `${months ? this.name(months) : ''}个月`;
    return count % 12 === 0 ? `${count / 12}年` : `${count}个月`;
  }

  /** An integer that is written, or that this application decides. */
  #known(expr: Expr): number | undefined {
    if (expr.op === 'const') return expr.value as number;
    const value = this.#says.context && this.#says.closures.run(expr)(this.#says.context);
    return typeof value === 'number' ? value : undefined;
  }

  #daysAfter([day, count]: readonly Expr[]): string {
    const from = day ? this.name(day) : '';
    const days = count && this.#known(count);
    if (days !== undefined && days < 0) return `${from}前${-days}天`;
    return `${from}后${days ?? (count ? this.name(count) : '')}天`;
  }
}
