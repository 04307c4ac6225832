import type { FixedRow, ListSource } from '../../tree.ts';
import type { Expr } from '../../tree.ts';
import type { Checker } from '../expression/checker.ts';
import { typeByLook } from '../expression/literals.ts';
import { both, type Scope } from '../expression/meaning.ts';
import type { ValueSymbol } from '../expression/symbols.ts';
import type { WrittenForEach } from '../files/common.ts';
import type { Compilation } from './compilation.ts';

export type ForEach = { list: ListSource; name: string; when?: Expr };

/** The rows a rule or a material goes through, and the scope in which the rest of it is understood. */
export function compileForEach(
  compilation: Compilation,
  checker: Checker,
  written: WrittenForEach,
): { forEach: ForEach; scope: Scope } | undefined {
  const rows = Array.isArray(written.in)
    ? fixedRows(compilation, written, written.in)
    : overRows(compilation, checker, written);
  if (!rows) return undefined;
  const scope: Scope = [{ name: written.row, columns: rows.columns }];
  const own = compilation.condition(checker, written.when, scope);
  const when = own ? both(rows.where, own) : rows.where;
  return { forEach: { list: rows.list, name: written.row, ...(when && { when }) }, scope };
}

type Rows = { list: ListSource; columns: ReadonlyMap<string, ValueSymbol>; where?: Expr };

function overRows(compilation: Compilation, checker: Checker, written: WrittenForEach): Rows | undefined {
  if (Array.isArray(written.in)) return undefined;
  const expression = written.in;
  return compilation.understand(expression, () => checker.rowsOf(expression.text));
}

function fixedRows(
  compilation: Compilation,
  written: WrittenForEach,
  rows: readonly Record<string, unknown>[],
): Rows | undefined {
  const columns = new Map<string, ValueSymbol>();
  const fixed: FixedRow[] = [];
  for (const row of rows) {
    const { id, label } = row;
    if (typeof id !== 'string' || typeof label !== 'string') {
      compilation.report(row, '', '每一行都要写 id 和 label');
      return undefined;
    }
    if (fixed.some((other) => other.id === id)) compilation.report(row, 'id', `“${id}”写了两次`);
    for (const [key, value] of Object.entries(row)) {
      const type = typeof value === 'number' ? 'integer' : typeof value === 'string' ? 'text' : typeByLook(value);
      if (!type || type === 'codes') compilation.report(row, key, `“${key}”只能是文字、整数或 true、false`);
      else if ((columns.get(key)?.type ?? type) !== type) compilation.report(row, key, `“${key}”各行的类型不同`);
      else columns.set(key, { type, address: `items.${key}` });
    }
    fixed.push(row as FixedRow);
  }
  return { list: { from: 'items', rows: fixed, noun: written.noun ?? '项' }, columns };
}
