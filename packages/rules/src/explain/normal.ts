import type { CompareOperator, Expr } from '../tree.ts';

const OPPOSITE: Record<CompareOperator, CompareOperator> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

const made = { normal: new WeakMap<Expr, Expr>(), denied: new WeakMap<Expr, Expr>() };

function once(memory: WeakMap<Expr, Expr>, expr: Expr, make: (expr: Expr) => Expr): Expr {
  let result = memory.get(expr);
  if (!result) {
    result = make(expr);
    memory.set(expr, result);
  }
  return result;
}

/** The same condition with every negation as far inside as a sentence can say it. */
export const normal = (expr: Expr): Expr => once(made.normal, expr, makeNormal);

/** The opposite of a condition. */
export const denied = (expr: Expr): Expr => once(made.denied, expr, makeDenied);

function makeNormal(expr: Expr): Expr {
  switch (expr.op) {
    case 'and':
    case 'or':
      return flat(expr.op, expr.of.map(normal));
    case 'not':
      return denied(expr.of);
    case 'if':
      return { ...expr, then: normal(expr.then), else: normal(expr.else) };
    default:
      return expr;
  }
}

function makeDenied(expr: Expr): Expr {
  switch (expr.op) {
    case 'not':
      return normal(expr.of);
    case 'and':
      return flat('or', expr.of.map(denied));
    case 'or':
      return flat('and', expr.of.map(denied));
    case 'compare':
      return { ...expr, is: OPPOSITE[expr.is] };
    case 'if':
      return { ...expr, then: denied(expr.then), else: denied(expr.else) };
    case 'const':
      return { ...expr, value: expr.value !== true };
    default:
      return { op: 'not', type: 'boolean', of: expr };
  }
}

function flat(op: 'and' | 'or', of: Expr[]): Expr {
  const parts = gathered(
    op,
    of.flatMap((part) => (part.op === op ? part.of : [part])),
  );
  const [only] = parts;
  return only && parts.length === 1 ? only : { op, type: 'boolean', of: parts };
}

/** `x == a || x == b` is x in [a, b]; `x != a && x != b` is x in neither. */
function gathered(op: 'and' | 'or', parts: readonly Expr[]): Expr[] {
  const groups = new Map<string, { left: Expr; values: string[]; address: string | undefined }>();
  const order: (Expr | string)[] = [];
  for (const part of parts) {
    const choice = choiceOf(op, part);
    if (!choice) {
      order.push(part);
      continue;
    }
    const key = choice.left.op === 'field' ? choice.left.path : JSON.stringify(choice.left);
    const group = groups.get(key);
    if (group) group.values.push(...choice.values);
    else {
      groups.set(key, choice);
      order.push(key);
    }
  }
  return order.map((item) => {
    if (typeof item !== 'string') return item;
    const { left, values, address } = groups.get(item) ?? { left: parts[0] as Expr, values: [], address: undefined };
    const right: Expr = { op: 'const', type: 'codes', value: values, ...(address !== undefined && { address }) };
    const among: Expr = { op: 'in', type: 'boolean', left, right };
    return op === 'or' ? among : { op: 'not', type: 'boolean', of: among };
  });
}

/** One option, or several, that an answer is (or is not) among. */
function choiceOf(
  op: 'and' | 'or',
  part: Expr,
): { left: Expr; values: string[]; address: string | undefined } | undefined {
  const inner = op === 'and' && part.op === 'not' && part.of.op === 'in' ? part.of : part;
  if (inner.op === 'in' && (op === 'or' || inner !== part)) {
    const { left, right } = inner;
    if (right.op !== 'const' || left.type !== 'code' || (left.op !== 'field' && left.op !== 'cell')) return undefined;
    return { left, values: [...(right.value as readonly string[])], address: right.address };
  }
  if (part.op !== 'compare' || part.is !== (op === 'or' ? '==' : '!=')) return undefined;
  const { left, right } = part;
  if (left.type !== 'code' || (left.op !== 'field' && left.op !== 'cell') || right.op !== 'const') return undefined;
  return { left, values: [String(right.value)], address: right.address };
}

/** Whether a disjunct is what somebody would say as a condition: `!a || b` is “a 的，b”. */
export const isDenial = (expr: Expr): boolean => expr.op === 'not' || (expr.op === 'compare' && expr.is === '!=');
