import type { Closures } from '../evaluate/closures.ts';
import type { Context } from '../evaluate/context.ts';
import type { Rank } from '../reference.ts';
import type { Expr, ListSource } from '../tree.ts';
import { isIdentity } from './identity.ts';
import { ENDS, MUST, STATE, type Mood } from './moods.ts';
import { ValueNames } from './names.ts';
import { denied, isDenial, normal } from './normal.ts';
import { RANK_NAMES, type Vocabulary } from './vocabulary.ts';
import { asStatement } from './yes-no.ts';

type Of<Op extends Expr['op']> = Extract<Expr, { op: Op }>;
type Call = Of<'call'>;

/**
 * Says trees in Chinese. `must` is how a notice asks (不得低于), `state` how a case is described (不低于). Sentences carry no
 * full stop of their own.
 */
export class Phrases {
  readonly #vocabulary: Vocabulary;
  readonly #closures: Closures;
  readonly #groupNames: Readonly<Record<string, string>>;
  readonly #context: Context | undefined;
  readonly #names: ValueNames;

  constructor(
    vocabulary: Vocabulary,
    closures: Closures,
    groupNames: Readonly<Record<string, string>>,
    context?: Context,
  ) {
    this.#vocabulary = vocabulary;
    this.#closures = closures;
    this.#groupNames = groupNames;
    this.#context = context;
    this.#names = new ValueNames({
      vocabulary,
      closures,
      context,
      rowsThat: (list, body) => this.#rowsThat(list, body),
      state: (expr) => this.state(expr),
    });
  }

  /** How a sentence calls a value: 自筹资金, 项目总预算的70%. */
  name(expr: Expr): string {
    return this.#names.name(expr);
  }

  must(expr: Expr): string {
    return this.#say(normal(expr), MUST);
  }

  state(expr: Expr): string {
    return this.#say(normal(expr), STATE);
  }

  #noun(list: ListSource): string {
    return this.#vocabulary.list(list).noun;
  }

  #measure(list: ListSource): string {
    return this.#vocabulary.list(list).measure;
  }

  /** 国家（地区）是德国的合作单位; all rows: 合作单位. */
  #rowsThat(list: ListSource, body: Expr): string {
    const noun = this.#noun(list);
    const said = this.#listing(body);
    return said === '' ? noun : `${said}的${noun}`;
  }

  #listing(body: Expr): string {
    const whole = normal(body);
    if (whole.op === 'const') return '';
    const parts = (whole.op === 'and' ? whole.of : [whole]).filter((part) => !isIdentity(part));
    return parts.map((part) => this.#grouped(part, STATE)).join('、');
  }

  /** An alternative inside a list of conditions stands in brackets. */
  #grouped(expr: Expr, mood: Mood): string {
    const said = this.#say(expr, mood);
    return expr.op === 'or' ? `（${said}）` : said;
  }

  #say(expr: Expr, mood: Mood): string {
    switch (expr.op) {
      case 'and':
        return expr.of.map((part) => this.#grouped(part, mood)).join(mood === MUST ? '，并且' : '，且');
      case 'or':
        return this.#or(expr.of, mood);
      case 'not':
        return this.#not(expr.of, mood);
      case 'compare':
        return this.#compare(expr, mood);
      case 'in':
        return `${this.name(expr.left)}${mood.equal}${this.#choice(expr.right)}`;
      case 'if':
        return this.#ifSaid(expr, mood);
      case 'exists':
        if (expr.name === '')
          return `${this.#memberOf(expr)}${mood === MUST ? '应在' : '在'}${this.#noun(expr.list)}之列`;
        return mood === MUST
          ? `至少要有1${this.#measure(expr.list)}${this.#rowsThat(expr.list, expr.body)}`
          : `有${this.#rowsThat(expr.list, expr.body)}`;
      case 'all':
        return this.#everyRow(expr, mood);
      case 'listed':
        return `${mood === MUST ? '须填写' : '已填写'}${this.#noun(expr.list)}`;
      case 'call':
        return this.#call(expr, mood);
      case 'const':
        return expr.value === true ? '一律符合' : '一律不符合';
      default:
        return this.#yesNo(expr, true, mood);
    }
  }

  /** A yes-or-no answer as a statement: 申报单位须是独立法人. */
  #yesNo(expr: Expr, yes: boolean, mood: Mood): string {
    const name = this.name(expr);
    const said = asStatement(name);
    if (!said) return `“${name}”${mood.equal}“${yes ? '是' : '否'}”`;
    return mood === MUST ? (yes ? said.mustYes : said.mustNo) : yes ? said.yes : said.no;
  }

  /** `x in table.column`: what is looked for in the column. */
  #memberOf({ body }: Of<'exists'>): string {
    const equal = body.op === 'and' ? body.of.at(-1) : body;
    return equal?.op === 'compare' ? this.name(equal.right) : '';
  }

  #or(of: readonly Expr[], mood: Mood): string {
    const conditions = of.filter(isDenial);
    const rest = of.filter((part) => !isDenial(part));
    if (conditions.length > 0 && rest.length > 0 && mood === MUST) {
      const when = conditions.map((part) => normal(denied(part))).filter((part) => !isIdentity(part));
      const said = when.map((part) => this.#say(part, STATE)).join('，且');
      return `${said === '' ? '' : `${said}的，`}${this.#or(rest, mood)}`;
    }
    const [first, ...others] = of;
    if (!first || others.length === 0) return first ? this.#say(first, mood) : '';
    const said = [this.#say(first, mood), ...others.map((part) => this.#say(part, STATE))].join('，或者');
    return mood === MUST ? `${said}，${others.length === 1 ? '二者有一即可' : '有一项即可'}` : said;
  }

  #not(expr: Expr, mood: Mood): string {
    switch (expr.op) {
      case 'in':
        return `${this.name(expr.left)}${mood.unequal}${this.#choice(expr.right)}`;
      case 'exists':
        if (expr.name === '')
          return `${this.#memberOf(expr)}${mood === MUST ? '不得在' : '不在'}${this.#noun(expr.list)}之列`;
        return `${mood === MUST ? '不得有' : '没有'}${this.#rowsThat(expr.list, expr.body)}`;
      case 'all':
        return this.#say({ ...expr, op: 'exists', body: denied(expr.body) }, mood);
      case 'listed':
        return `没有填写${this.#noun(expr.list)}`;
      case 'call':
        return this.#callDenied(expr, mood);
      default:
        return this.#yesNo(expr, false, mood);
    }
  }

  #everyRow(expr: Of<'all'>, mood: Mood): string {
    const { noun, measure } = this.#vocabulary.list(expr.list);
    return mood === MUST
      ? `每${measure}${noun}：${this.must(expr.body)}`
      : `每${measure}${noun}都是${this.state(expr.body)}`;
  }

  #ifSaid(expr: Of<'if'>, mood: Mood): string {
    const decided = this.#context && this.#closures.test(expr.if)(this.#context);
    if (decided !== undefined) return this.#say(normal(decided ? expr.then : expr.else), mood);
    return `${this.state(expr.if)}的，${this.#say(normal(expr.then), mood)}；其他的，${this.#say(normal(expr.else), mood)}`;
  }

  /** The members of a list: 企业或转制科研院所. */
  #choice(list: Expr): string {
    const members =
      list.op === 'list'
        ? list.of.map((member) => this.name(member))
        : list.op === 'const'
          ? (list.value as readonly (string | number)[]).map((member) =>
              this.#vocabulary.option(String(member), list.address, this.#context),
            )
          : [`${this.name(list)}之一`];
    const last = members.at(-1) ?? '';
    return members.length > 1 ? `${members.slice(0, -1).join('、')}或${last}` : last;
  }

  #compare(expr: Of<'compare'>, mood: Mood): string {
    const { left, right, is } = expr;
    const counted = this.#countCompared(expr, mood);
    if (counted !== undefined) return counted;
    if (isZero(right) && (is === '>' || is === '==') && mood === STATE) {
      return `${is === '>' ? '有' : '没有'}${this.name(left)}`;
    }
    const bound = this.name(right);
    if (left.type === 'boolean') {
      if (right.op === 'const') return this.#yesNo(left, (is === '==') === (right.value === true), mood);
      return `“${this.name(left)}”${is === '==' ? mood.same(`“${bound}”`) : mood.different(`“${bound}”`)}`;
    }
    if (left.type === 'text' || left.type === 'code') {
      if (right.op === 'const') return `${this.name(left)}${is === '==' ? mood.equal : mood.unequal}${bound}`;
      return `${this.name(left)}${is === '==' ? mood.same(bound) : mood.different(bound)}`;
    }
    const words =
      left.type === 'date' ? mood.dates : left.type === 'money' || left.type === 'ratio' ? mood.amounts : mood.numbers;
    if (is === '==' && mood === MUST && right.op !== 'const') return `${this.name(left)}应等于${bound}`;
    return `${this.name(left)}${words[is]}${bound}${left.type === 'date' && mood === MUST ? ENDS[is] : ''}`;
  }

  /** Counting rows: 至少要有2家…, 不得有…, 连同本项不得超过2项. */
  #countCompared({ left, right, is }: Of<'compare'>, mood: Mood): string | undefined {
    const { count, own } = countOf(left);
    if (!count || right.type !== 'integer') return undefined;
    const rows = this.#rowsThat(count.list, count.body);
    if (right.op !== 'const') return undefined;
    const measure = this.#measure(count.list);
    if (right.op === 'const' && own === 0) {
      const bound = right.value as number;
      if ((is === '>=' && bound === 1) || (is === '>' && bound === 0))
        return `${mood === MUST ? '至少要有1' : '有1'}${measure}${mood === MUST ? '' : '以上'}${rows}`;
      if ((is === '<=' && bound === 0) || (is === '<' && bound === 1) || (is === '==' && bound === 0)) {
        return `${mood === MUST ? '不得有' : '没有'}${rows}`;
      }
    }
    const words = mood.numbers;
    const together = own > 0 ? '，连同本项' : '';
    return `${rows}${together}${words[is]}${this.name(right)}${measure}`;
  }

  #call({ fn, args }: Call, mood: Mood): string {
    const [a = '', b = ''] = args.map((argument) => this.name(argument));
    const ought = mood === MUST;
    switch (fn) {
      case 'filled':
        return `${ought ? '须填写' : isFact(args[0]) ? '有' : '已填写'}${a}`;
      case 'contains':
        return `“${a}”${ought ? '须包含' : '选了'}“${b}”`;
      case 'division_within':
        return `${a}${ought ? '应在' : '在'}${this.#division(args[1])}`;
      case 'in_group':
        return `${a}${ought ? '应在' : '在'}${this.#group(args)}`;
      case 'rank_at_least':
        return `${a}${ought ? '须达到' : '达到'}${this.#rank(args[1])}及以上`;
      case 'lasts_at_least':
        return `从${a}到${b}${ought ? '不得少于' : '不少于'}${this.#names.duration(args[2])}`;
      case 'lasts_at_most':
        return `从${a}到${b}${ought ? '不得超过' : '不超过'}${this.#names.duration(args[2])}`;
      default:
        return this.name({ op: 'call', type: 'boolean', fn, args });
    }
  }

  #callDenied({ fn, args }: Call, mood: Mood): string {
    const [a = '', b = ''] = args.map((argument) => this.name(argument));
    const ought = mood === MUST;
    switch (fn) {
      case 'filled':
        return ought ? `不得填写${a}` : `没有${isFact(args[0]) ? '' : '填写'}${a}`;
      case 'contains':
        return `“${a}”${ought ? '不得选' : '没有选'}“${b}”`;
      case 'division_within':
        return `${a}${ought ? '不得在' : '不在'}${this.#division(args[1])}`;
      case 'in_group':
        return `${a}${ought ? '不得在' : '不在'}${this.#group(args)}`;
      case 'rank_at_least':
        return `${a}${ought ? '应低于' : '低于'}${this.#rank(args[1])}`;
      case 'lasts_at_least':
        return `从${a}到${b}${ought ? '应少于' : '少于'}${this.#names.duration(args[2])}`;
      case 'lasts_at_most':
        return `从${a}到${b}${ought ? '应超过' : '超过'}${this.#names.duration(args[2])}`;
      default:
        return `不是${this.name({ op: 'call', type: 'boolean', fn, args })}`;
    }
  }

  #division(expr: Expr | undefined): string {
    return expr?.op === 'const' ? this.#vocabulary.division(String(expr.value)) : expr ? this.name(expr) : '';
  }

  #group([, group, day]: readonly Expr[]): string {
    const key = group?.op === 'const' ? String(group.value) : '';
    const name = this.#groupNames[key] ?? key;
    return `${day ? `${this.name(day)}有效的` : ''}${name}名单内`;
  }

  #rank(expr: Expr | undefined): string {
    return expr?.op === 'const' ? (RANK_NAMES[expr.value as Rank] ?? String(expr.value)) : '';
  }

  /** A value in the current context, as a sentence writes it. */
  shown(expr: Expr, context: Context): string {
    const value = this.#closures.run(expr)(context);
    const address =
      expr.op === 'field' ? expr.path : expr.op === 'cell' || expr.op === 'const' ? expr.address : undefined;
    return this.#vocabulary.show(value, expr.type, address, context);
  }
}

const isFact = (expr: Expr | undefined): boolean => expr?.op === 'cell' && expr.address.startsWith('facts.');

const isZero = (expr: Expr): boolean => expr.op === 'const' && expr.type === 'money' && expr.value === 0;

/** `count(…) + 1`: the rows and this application itself. */
function countOf(expr: Expr): { count?: Of<'count'>; own: number } {
  if (expr.op === 'count') return { count: expr, own: 0 };
  if (expr.op === 'add') {
    const [left, right] = [expr.left, expr.right];
    if (left.op === 'count' && right.op === 'const') return { count: left, own: right.value as number };
    if (right.op === 'count' && left.op === 'const') return { count: right, own: left.value as number };
  }
  return { own: 0 };
}
