/**
 * The typed tree that every rule, condition and requirement is lowered to. It is plain JSON: what is frozen by checksum,
 * sent to the browser and evaluated everywhere.
 */

/** An exact fraction, `d` > 0. */
export type Ratio = { n: number; d: number };

/** What a node yields. `code` is one option of a list, `codes` several. */
export type ValueType = 'boolean' | 'money' | 'date' | 'integer' | 'ratio' | 'text' | 'code' | 'codes';

export type Constant = boolean | number | string | Ratio | readonly string[] | readonly number[];

/** Where a list of rows comes from; `items` are fixed rows written in the definition itself. */
export type ListSource =
  | { from: 'table'; path: string }
  | { from: 'materials'; path: string }
  | { from: 'facts'; path: string }
  | { from: 'items'; rows: FixedRow[]; noun: string };

export type FixedRow = { id: string; label: string } & Record<string, string | number | boolean>;

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type FunctionName =
  | 'filled'
  | 'size'
  | 'contains'
  | 'min'
  | 'max'
  | 'abs'
  | 'months_between'
  | 'years_between'
  | 'add_months'
  | 'add_days'
  | 'year_of'
  | 'age_on'
  | 'retirement_date'
  | 'in_group'
  | 'division_within'
  | 'rank_at_least'
  | 'lasts_at_least'
  | 'lasts_at_most';

type Ops<Op extends string, T> = Op extends string ? { op: Op } & T : never;

/**
 * `address` says where labels and options are found: a field's path (`lead.kind`), a column (`partners.list.country`), a
 * column of a register (`facts.projects.state`) or of a material (`materials.agreement.signedOn`).
 * `slot` numbers the enclosing row variables from the outside, 0 first.
 */
export type Expr =
  | { op: 'const'; type: ValueType; value: Constant; address?: string }
  | { op: 'field'; type: ValueType; path: string }
  | { op: 'cell'; type: ValueType; slot: number; key: string; address: string }
  | { op: 'param'; type: ValueType; key: string }
  | { op: 'reading'; type: 'code'; key: string }
  | { op: 'topic'; type: ValueType; key: string }
  | { op: 'today'; type: 'date' }
  | Ops<'and' | 'or', { type: 'boolean'; of: Expr[] }>
  | { op: 'not'; type: 'boolean'; of: Expr }
  | { op: 'compare'; type: 'boolean'; is: CompareOperator; left: Expr; right: Expr }
  | { op: 'in'; type: 'boolean'; left: Expr; right: Expr }
  | { op: 'list'; type: 'codes'; of: Expr[] }
  | Ops<'add' | 'subtract' | 'multiply', { type: ValueType; left: Expr; right: Expr }>
  | { op: 'if'; type: ValueType; if: Expr; then: Expr; else: Expr }
  | { op: 'call'; type: ValueType; fn: FunctionName; args: Expr[] }
  | { op: 'listed'; type: 'boolean'; list: ListSource }
  | Ops<'exists' | 'all', { type: 'boolean'; list: ListSource; slot: number; name: string; body: Expr }>
  | { op: 'count'; type: 'integer'; list: ListSource; slot: number; name: string; body: Expr }
  | { op: 'sum'; type: 'money' | 'integer'; list: ListSource; slot: number; name: string; body: Expr };

/** The direct children of a node, in reading order. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case 'and':
    case 'or':
    case 'list':
      return expr.of;
    case 'not':
      return [expr.of];
    case 'compare':
    case 'in':
    case 'add':
    case 'subtract':
    case 'multiply':
      return [expr.left, expr.right];
    case 'if':
      return [expr.if, expr.then, expr.else];
    case 'call':
      return expr.args;
    case 'exists':
    case 'all':
    case 'count':
    case 'sum':
      return [expr.body];
    default:
      return [];
  }
}

/** Calls `visit` on the node and everything below it. */
export function walk(expr: Expr, visit: (node: Expr) => void): void {
  visit(expr);
  for (const child of childrenOf(expr)) walk(child, visit);
}
