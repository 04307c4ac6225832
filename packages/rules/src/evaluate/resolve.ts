import type { Constant, Expr } from '../tree.ts';

export type Settings = {
  parameters: ReadonlyMap<string, Constant>;
  readings: Readonly<Record<string, string>>;
};

type Const = Extract<Expr, { op: 'const' }>;

const TRUE: Const = { op: 'const', type: 'boolean', value: true };
const FALSE: Const = { op: 'const', type: 'boolean', value: false };
const bool = (value: boolean): Const => (value ? TRUE : FALSE);

/**
 * The tree with parameters and readings put in and what they decide folded away: what is left is what this call, on this
 * day, under these readings, asks.
 */
export function resolve(expr: Expr, settings: Settings): Expr {
  const go = (node: Expr): Expr => resolve(node, settings);
  switch (expr.op) {
    case 'param': {
      const value = settings.parameters.get(expr.key);
      if (value === undefined) throw new Error(`no parameter ${expr.key}`);
      return { op: 'const', type: expr.type, value, address: `param.${expr.key}` };
    }
    case 'reading':
      return { op: 'const', type: 'code', value: settings.readings[expr.key] ?? '', address: `reading.${expr.key}` };
    case 'and':
    case 'or':
      return junction(expr.op, expr.of.map(go));
    case 'not': {
      const of = go(expr.of);
      return of.op === 'const' ? bool(of.value !== true) : { ...expr, of };
    }
    case 'compare': {
      const [left, right] = [go(expr.left), go(expr.right)];
      return comparedCodes(expr.is, left, right) ?? { ...expr, left, right };
    }
    case 'in': {
      const [left, right] = [go(expr.left), go(expr.right)];
      return isReading(left) && right.op === 'const' && Array.isArray(right.value)
        ? bool((right.value as readonly unknown[]).includes(left.value))
        : { ...expr, left, right };
    }
    case 'if': {
      const condition = go(expr.if);
      if (condition.op === 'const') return go(condition.value === true ? expr.then : expr.else);
      return { ...expr, if: condition, then: go(expr.then), else: go(expr.else) };
    }
    case 'list':
      return { ...expr, of: expr.of.map(go) };
    case 'add':
    case 'subtract':
    case 'multiply':
      return { ...expr, left: go(expr.left), right: go(expr.right) };
    case 'call':
      return { ...expr, args: expr.args.map(go) };
    case 'exists':
    case 'all':
    case 'count':
    case 'sum':
      return { ...expr, body: go(expr.body) };
    default:
      return expr;
  }
}

const isReading = (node: Expr): node is Const => node.op === 'const' && (node.address ?? '').startsWith('reading.');

function comparedCodes(is: string, left: Expr, right: Expr): Const | undefined {
  if (left.op !== 'const' || right.op !== 'const' || !(isReading(left) || isReading(right))) return undefined;
  return bool(is === '==' ? left.value === right.value : left.value !== right.value);
}

/** `x && true` is x, `x && false` is false; the same the other way round for `||`. */
function junction(op: 'and' | 'or', of: Expr[]): Expr {
  const neutral = op === 'and';
  const kept = of.filter((node) => !(node.op === 'const' && node.value === neutral));
  if (kept.some((node) => node.op === 'const')) return bool(!neutral);
  const [only] = kept;
  return only === undefined ? bool(neutral) : kept.length === 1 ? only : { op, type: 'boolean', of: kept };
}
