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

const flat = (op: 'and' | 'or', of: Expr[]): Expr => ({
  op,
  type: 'boolean',
  of: of.flatMap((part) => (part.op === op ? part.of : [part])),
});

/** Whether a disjunct is what somebody would say as a condition: `!a || b` is “a 的，b”. */
export const isDenial = (expr: Expr): boolean => expr.op === 'not' || (expr.op === 'compare' && expr.is === '!=');
