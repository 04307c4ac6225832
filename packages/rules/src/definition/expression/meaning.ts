import type { Expr, ListSource, ValueType } from '../../tree.ts';
import type { Syntax } from './parser.ts';
import type { Symbols, ValueSymbol } from './symbols.ts';

/** What a piece of an expression was understood as. `symbol` is where a choice's values come from. */
export type Meaning =
  | { is: 'value'; expr: Expr; symbol?: ValueSymbol }
  | RowsMeaning
  | { is: 'column'; rows: RowsMeaning; key: string; symbol: ValueSymbol }
  | { is: 'row'; slot: number; columns: ReadonlyMap<string, ValueSymbol> }
  | { is: 'literals'; members: ValueMeaning[] }
  | { is: 'namespace'; name: string };

export type ValueMeaning = Extract<Meaning, { is: 'value' }>;

/** Rows, those of them that fulfil `where` (written for the slot that the next row variable takes). */
export type RowsMeaning = {
  is: 'rows';
  list: ListSource;
  columns: ReadonlyMap<string, ValueSymbol>;
  where?: Expr;
};

/** Row variables in force, the outermost first: slot = place. */
export type Scope = readonly { name: string; columns: ReadonlyMap<string, ValueSymbol> }[];

export const both = (a: Expr | undefined, b: Expr): Expr =>
  a === undefined ? b : { op: 'and', type: 'boolean', of: [a, b] };

export const TRUE: Expr = { op: 'const', type: 'boolean', value: true };

/** What the parts of the checker ask of the whole: to understand a piece inside another. */
export type Understands = {
  readonly symbols: Symbols;
  understand: (syntax: Syntax, scope: Scope) => Meaning;
  value: (syntax: Syntax, scope: Scope) => ValueMeaning;
  typed: (syntax: Syntax, scope: Scope, type: ValueType) => Expr;
  option: (value: string, symbol: ValueSymbol, place: { start: number; end: number }) => Expr;
};
