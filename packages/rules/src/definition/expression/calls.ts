import { parseDate } from '../../calendar/dates.ts';
import { RANKS } from '../../reference.ts';
import type { Expr, FunctionName, ValueType } from '../../tree.ts';
import { suggest } from '../problem.ts';
import { ExpressionError } from './lexer.ts';
import { TYPE_NAMES } from './literals.ts';
import { TRUE, type Meaning, type Scope, type Understands } from './meaning.ts';
import type { Syntax } from './parser.ts';

export const LIST_FUNCTIONS = ['exists', 'all', 'count', 'sum', 'filter'];

type Call = Extract<Syntax, { kind: 'call' }>;

/** Argument types by place; several where any of them will do. */
type Signature = { args: readonly (readonly ValueType[])[]; yields: ValueType; like: string };

const DATE = ['date'] as const;
const CODE = ['code', 'text'] as const;
const INTEGER = ['integer'] as const;

const SIGNATURES: Partial<Record<FunctionName, Signature>> = {
  months_between: { args: [DATE, DATE], yields: 'integer', like: 'months_between(period.start, period.end)' },
  years_between: { args: [DATE, DATE], yields: 'integer', like: 'years_between(lead.registeredOn, at.date)' },
  add_months: { args: [DATE, INTEGER], yields: 'date', like: 'add_months(period.start, 36)' },
  add_days: { args: [DATE, INTEGER], yields: 'date', like: 'add_days(at.date, 5)' },
  year_of: { args: [DATE], yields: 'integer', like: 'year_of(lead.registeredOn)' },
  age_on: { args: [DATE, DATE], yields: 'integer', like: 'age_on(person.birthDate, at.date)' },
  retirement_date: {
    args: [DATE, ['integer', 'code'], CODE],
    yields: 'date',
    like: 'retirement_date(person.birthDate, person.originalRetirementAge, person.gender)',
  },
  in_group: { args: [CODE, CODE, DATE], yields: 'boolean', like: 'in_group(p.country, "belt_and_road", at.date)' },
  division_within: { args: [CODE, CODE], yields: 'boolean', like: 'division_within(lead.division, "210000")' },
  rank_at_least: { args: [CODE, CODE], yields: 'boolean', like: 'rank_at_least(person.title, "associateSenior")' },
  contains: { args: [['codes'], CODE], yields: 'boolean', like: 'contains(project.targets, "patent")' },
  abs: { args: [['money', 'integer']], yields: 'integer', like: 'abs(a - b)' },
  lasts_at_least: { args: [DATE, DATE, INTEGER], yields: 'boolean', like: 'lasts_at_least(start, end, 24)' },
  lasts_at_most: { args: [DATE, DATE, INTEGER], yields: 'boolean', like: 'lasts_at_most(start, end, 36)' },
};

const NAMES = [...Object.keys(SIGNATURES), 'filled', 'missing', 'size', 'min', 'max', 'date'];

export function checkFunction(checker: Understands, call: Call, scope: Scope): Meaning {
  switch (call.name) {
    case 'date':
      return dateLiteral(call);
    case 'filled':
      return { is: 'value', expr: filled(checker, call, scope) };
    case 'missing':
      return { is: 'value', expr: { op: 'not', type: 'boolean', of: filled(checker, call, scope) } };
    case 'size':
      return { is: 'value', expr: size(checker, call, scope) };
    case 'min':
    case 'max':
      return { is: 'value', expr: extreme(checker, call, call.name, scope) };
    default:
      return { is: 'value', expr: byName(checker, call, scope) };
  }
}

function byName(checker: Understands, call: Call, scope: Scope): Expr {
  const signature = Object.hasOwn(SIGNATURES, call.name) ? SIGNATURES[call.name as FunctionName] : undefined;
  if (!signature) {
    throw new ExpressionError(`没有函数“${call.name}”`, call.start, call.end, suggest(call.name, NAMES));
  }
  expectCount(call, signature.args.length, signature.like);
  const args = call.args.map((argument, at) => {
    const { expr } = checker.value(argument, scope);
    const types = signature.args[at] ?? [];
    if (!types.includes(expr.type)) {
      const wanted = types.map((type) => TYPE_NAMES[type]).join('或');
      throw new ExpressionError(
        `${call.name} 的第${at + 1}项应为${wanted}，写的是${TYPE_NAMES[expr.type]}`,
        argument.start,
        argument.end,
        `例如 ${signature.like}`,
      );
    }
    return expr;
  });
  const fn = call.name as FunctionName;
  const yields = fn === 'abs' ? (args[0]?.type ?? 'integer') : signature.yields;
  return { op: 'call', type: yields, fn, args: checkWords(checker, call, fn, args, scope) };
}

/** Words that name a group, a division, a rank or an option must exist. */
function checkWords(checker: Understands, call: Call, fn: FunctionName, args: Expr[], scope: Scope): Expr[] {
  const [first, second] = args;
  const place = call.args[1];
  if (!first || second?.op !== 'const' || !place) return args;
  const word = String(second.value);
  const { reference } = checker.symbols;
  const known: Partial<Record<FunctionName, readonly string[]>> = {
    in_group: Object.keys(reference.groups),
    division_within: reference.divisions.map(({ code }) => code),
    rank_at_least: RANKS,
  };
  const candidates = known[fn];
  if (candidates && candidates.length > 0 && !candidates.includes(word)) {
    throw new ExpressionError(`没有“${word}”`, place.start, place.end, suggest(word, candidates));
  }
  if (fn === 'contains' && call.args[0]) {
    const { symbol } = checker.value(call.args[0], scope);
    if (symbol) return [first, checker.option(word, symbol, place)];
  }
  return args;
}

function dateLiteral(call: Call): Meaning {
  const [argument] = call.args;
  if (argument?.kind !== 'string' || call.args.length !== 1) {
    throw new ExpressionError('日期写作 date("2026-05-18")', call.start, call.end);
  }
  if (parseDate(argument.text) === undefined) {
    const shape = /^\d{4}-\d{2}-\d{2}$/.test(argument.text);
    throw new ExpressionError(
      shape ? `没有${argument.text}这一天` : '日期写作 date("2026-05-18")',
      argument.start,
      argument.end,
    );
  }
  return { is: 'value', expr: { op: 'const', type: 'date', value: argument.text } };
}

function filled(checker: Understands, call: Call, scope: Scope): Expr {
  const [argument] = expectCount(call, 1, `${call.name}(budget.total)`);
  const meaning = checker.understand(argument, scope);
  if (meaning.is === 'rows' && !meaning.where) return { op: 'listed', type: 'boolean', list: meaning.list };
  return { op: 'call', type: 'boolean', fn: 'filled', args: [checker.value(argument, scope).expr] };
}

function size(checker: Understands, call: Call, scope: Scope): Expr {
  const [argument] = expectCount(call, 1, 'size(partners.list)');
  const meaning = checker.understand(argument, scope);
  if (meaning.is === 'rows') {
    const { list, where } = meaning;
    return { op: 'count', type: 'integer', list, slot: scope.length, name: '', body: where ?? TRUE };
  }
  const { expr } = checker.value(argument, scope);
  if (expr.type !== 'text' && expr.type !== 'codes') {
    throw new ExpressionError(`${TYPE_NAMES[expr.type]}没有长度`, argument.start, argument.end);
  }
  return { op: 'call', type: 'integer', fn: 'size', args: [expr] };
}

function extreme(checker: Understands, call: Call, fn: 'min' | 'max', scope: Scope): Expr {
  const args = call.args.map((argument) => checker.value(argument, scope).expr);
  const type = args[0]?.type;
  if (!type || args.length < 2 || args.some((argument) => argument.type !== type)) {
    throw new ExpressionError(`${fn} 要两项以上同类的值`, call.start, call.end, `${fn}(a, b)`);
  }
  if (type !== 'money' && type !== 'integer' && type !== 'date') {
    throw new ExpressionError(`${TYPE_NAMES[type]}不分大小`, call.start, call.end);
  }
  return { op: 'call', type, fn, args };
}

function expectCount(call: Call, count: number, like: string): [Syntax, ...Syntax[]] {
  const [first, ...rest] = call.args;
  if (!first || rest.length !== count - 1) {
    throw new ExpressionError(
      `${call.name} 要写${count}项，写了${call.args.length}项`,
      call.start,
      call.end,
      `例如 ${like}`,
    );
  }
  return [first, ...rest];
}
