import { parseDate } from '../../calendar/dates.ts';
import type { Expr, ValueType } from '../../tree.ts';
import { ExpressionError } from './lexer.ts';
import { TYPE_NAMES } from './literals.ts';
import { both, type Meaning, type Scope, type Understands, type ValueMeaning } from './meaning.ts';
import type { Syntax } from './parser.ts';
import type { ValueSymbol } from './symbols.ts';

type Of<Kind extends Syntax['kind']> = Extract<Syntax, { kind: Kind }>;

const ORDERED: readonly ValueType[] = ['money', 'integer', 'ratio', 'date'];

/** Text and options compare with each other; every other type only with itself. */
const kindOf = (type: ValueType): string => (type === 'code' ? 'text' : type);

function mendComparison(a: Expr, b: Expr): string | undefined {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one.type === 'money' && other.op === 'const' && other.type === 'integer') {
      return `金额要写单位：${String(other.value)}万元 或 ${String(other.value)}元`;
    }
    if (one.type === 'date' && other.op === 'const' && other.type === 'text') {
      const text = String(other.value);
      return parseDate(text) === undefined ? '日期写作 date("2026-05-18")' : `日期写作 date("${text}")`;
    }
    if (one.type === 'integer' && other.op === 'const' && other.type === 'ratio') return '比例要乘上分母：70% * 总数';
  }
  return undefined;
}

function productType(a: ValueType, b: ValueType): ValueType | undefined {
  const types = [a, b];
  if (types.includes('money')) return types.includes('integer') || types.includes('ratio') ? 'money' : undefined;
  if (types.includes('ratio')) return types.includes('integer') ? 'integer' : a === b ? 'ratio' : undefined;
  return a === 'integer' && b === 'integer' ? 'integer' : undefined;
}

/** Written words become one constant; anything else is compared one by one. */
function listOf(members: Expr[], symbol: ValueSymbol | undefined): Expr {
  const values = members.map((member) => (member.op === 'const' ? member.value : undefined));
  const plain = values.every((value) => typeof value === 'string' || typeof value === 'number');
  return plain && members.every((member) => member.type !== 'date')
    ? { op: 'const', type: 'codes', value: values as string[], ...(symbol && { address: symbol.address }) }
    : { op: 'list', type: 'codes', of: members };
}

export function checkCompare(checker: Understands, syntax: Of<'compare'>, scope: Scope): Meaning {
  const [left, right] = [checker.value(syntax.left, scope), checker.value(syntax.right, scope)];
  const [a, b] = [fit(checker, left, right, syntax.left), fit(checker, right, left, syntax.right)];
  if (kindOf(a.type) !== kindOf(b.type)) {
    throw new ExpressionError(
      `${TYPE_NAMES[a.type]}不能与${TYPE_NAMES[b.type]}相比`,
      syntax.start,
      syntax.end,
      mendComparison(a, b),
    );
  }
  if (!['==', '!='].includes(syntax.is) && !ORDERED.includes(a.type)) {
    throw new ExpressionError(`${TYPE_NAMES[a.type]}没有大小先后，只能用 == 或 !=`, syntax.start, syntax.end);
  }
  if (a.type === 'codes') {
    throw new ExpressionError('多个选项不能整体相比', syntax.start, syntax.end, '用 contains(…, "选项")');
  }
  return { is: 'value', expr: { op: 'compare', type: 'boolean', is: syntax.is, left: a, right: b } };
}

/** A written word beside a choice must be one of its options. */
function fit(checker: Understands, meaning: ValueMeaning, other: ValueMeaning, syntax: Syntax): Expr {
  const { expr } = meaning;
  return expr.op === 'const' && expr.type === 'text' && other.symbol
    ? checker.option(expr.value as string, other.symbol, syntax)
    : expr;
}

export function checkIn(checker: Understands, syntax: Of<'in'>, scope: Scope): Meaning {
  const left = checker.value(syntax.left, scope);
  const right = checker.understand(syntax.right, scope);
  const { expr } = left;
  if (right.is === 'literals') {
    const members = right.members.map((member, at) => {
      const written = syntax.right.kind === 'list' ? syntax.right.of[at] : undefined;
      return fit(checker, member, left, written ?? syntax.right);
    });
    const wrong = members.findIndex((member) => kindOf(member.type) !== kindOf(expr.type));
    if (wrong >= 0) {
      throw new ExpressionError('in 两边的类型不同', syntax.start, syntax.end);
    }
    return { is: 'value', expr: { op: 'in', type: 'boolean', left: expr, right: listOf(members, left.symbol) } };
  }
  if (right.is === 'column') return inColumn(expr, right, syntax, scope);
  if (right.is === 'value' && right.expr.type === 'codes') {
    if (kindOf(expr.type) !== 'text') {
      throw new ExpressionError('in 的左边应为选项或文字', syntax.left.start, syntax.left.end);
    }
    const fitted = fit(checker, left, right, syntax.left);
    return { is: 'value', expr: { op: 'in', type: 'boolean', left: fitted, right: right.expr } };
  }
  throw new ExpressionError('in 的右边应为列表 ["a", "b"]、多选项或表的一列', syntax.right.start, syntax.right.end);
}

function inColumn(
  expr: Expr,
  { rows, key, symbol }: Extract<Meaning, { is: 'column' }>,
  syntax: Syntax,
  scope: Scope,
): Meaning {
  const slot = scope.length;
  if (kindOf(expr.type) !== kindOf(symbol.type)) {
    throw new ExpressionError('in 两边的类型不同', syntax.start, syntax.end);
  }
  const cell: Expr = { op: 'cell', type: symbol.type, slot, key, address: symbol.address };
  const equal: Expr = { op: 'compare', type: 'boolean', is: '==', left: cell, right: expr };
  return {
    is: 'value',
    expr: { op: 'exists', type: 'boolean', list: rows.list, slot, name: '', body: both(rows.where, equal) },
  };
}

export function checkSum(checker: Understands, syntax: Of<'add' | 'subtract'>, scope: Scope): Meaning {
  const [left, right] = [checker.value(syntax.left, scope).expr, checker.value(syntax.right, scope).expr];
  const hint =
    left.type === 'date' || right.type === 'date'
      ? '日期用 add_days(d, n)、add_months(d, n)'
      : mendComparison(left, right);
  if (left.type !== right.type || !['money', 'integer', 'ratio'].includes(left.type)) {
    throw new ExpressionError(
      `${TYPE_NAMES[left.type]}与${TYPE_NAMES[right.type]}不能相加减`,
      syntax.start,
      syntax.end,
      hint,
    );
  }
  return { is: 'value', expr: { op: syntax.kind, type: left.type, left, right } };
}

export function checkProduct(checker: Understands, syntax: Of<'multiply'>, scope: Scope): Meaning {
  const [left, right] = [checker.value(syntax.left, scope).expr, checker.value(syntax.right, scope).expr];
  const type = productType(left.type, right.type);
  if (!type) {
    throw new ExpressionError(
      `${TYPE_NAMES[left.type]}与${TYPE_NAMES[right.type]}不能相乘`,
      syntax.start,
      syntax.end,
      '金额可以乘整数或比例',
    );
  }
  return { is: 'value', expr: { op: 'multiply', type, left, right } };
}

export function checkConditional(checker: Understands, syntax: Of<'if'>, scope: Scope): Meaning {
  const condition = checker.typed(syntax.if, scope, 'boolean');
  const [then, otherwise] = [checker.value(syntax.then, scope), checker.value(syntax.else, scope)];
  if (kindOf(then.expr.type) !== kindOf(otherwise.expr.type)) {
    throw new ExpressionError('“? :”两边的类型不同', syntax.then.start, syntax.else.end);
  }
  const symbol = then.symbol ?? otherwise.symbol;
  return {
    is: 'value',
    expr: { op: 'if', type: then.expr.type, if: condition, then: then.expr, else: otherwise.expr },
    ...(symbol && { symbol }),
  };
}
