import type { Closures } from '../evaluate/closures.ts';
import type { Context, RowValue } from '../evaluate/context.ts';
import { factList, type FactList } from '../facts.ts';
import { walk, type Expr, type ListSource } from '../tree.ts';
import type { Evidence } from '../verdict.ts';
import { decidingTerms, rowsWhere } from './deciding.ts';
import type { Vocabulary } from './vocabulary.ts';

type World = { vocabulary: Vocabulary; closures: Closures; context: Context };
type Quantified = Extract<Expr, { op: 'exists' | 'all' | 'count' }>;

const MOST_ROWS = 20;

/** The registers' records that a condition rests on, or, where none was found, the registers that were asked. */
export function evidenceOf(expr: Expr, world: World): Evidence[] {
  const evidence: Evidence[] = [];
  for (const term of decidingTerms(expr, world.closures, world.context)) {
    walk(term, (node) => {
      if ((node.op === 'exists' || node.op === 'all' || node.op === 'count') && node.list.from === 'facts') {
        const rows = rowsWhere(node, world.closures, world.context, node.op !== 'all');
        evidence.push(...recordsOf(node.list, rows, world));
      } else if (node.op === 'sum' && node.list.from === 'facts') evidence.push(...recordsOf(node.list, [], world));
    });
  }
  return evidence;
}

export function recordsOf(
  list: ListSource,
  rows: readonly { row: RowValue; at: number }[],
  { vocabulary, context }: Pick<World, 'vocabulary' | 'context'>,
): Evidence[] {
  if (list.from !== 'facts') return [];
  const known = context.facts.sources?.[list.path as FactList];
  const source = known?.name ?? factList(list.path)?.source ?? list.path;
  const asOf = known?.asOf ?? context.instant.slice(0, 10);
  const { name, noun } = vocabulary.list(list);
  if (rows.length === 0) return [{ label: `没有查到相应的${noun}`, source, asOf }];
  return rows.slice(0, MOST_ROWS).map(({ row, at }) => ({ label: name(row, at), source, asOf }));
}

/** Cells of the applicant's tables, and of facts beside files, that broke a condition. */
export function breakingCells(expr: Expr, world: World): string[] {
  const cells = new Set<string>();
  for (const term of decidingTerms(expr, world.closures, world.context)) {
    const inner = term.op === 'not' ? term.of : term;
    if (inner.op !== 'exists' && inner.op !== 'all') continue;
    const prefix = pathOf(inner.list);
    if (prefix === undefined) continue;
    const breaking = inner.op === 'all' ? false : term.op === 'not';
    for (const { row, at } of rowsWhere(inner, world.closures, world.context, breaking).slice(0, MOST_ROWS)) {
      for (const key of cellKeys(inner)) cells.add(`${prefix}[${String(row.id ?? at + 1)}].${key}`);
    }
  }
  return [...cells];
}

/** `partners.list`, `materials.agreement`; registers and fixed rows have no place in the form. */
export function pathOf(list: ListSource): string | undefined {
  if (list.from === 'table') return list.path;
  return list.from === 'materials' ? `materials.${list.path}` : undefined;
}

const cellKeys = ({ body, slot }: Quantified): string[] => keysOfSlot(body, slot);

/** Columns of the row in a slot that an expression reads. */
export function keysOfSlot(expr: Expr, slot: number): string[] {
  const keys = new Set<string>();
  walk(expr, (node) => {
    if (node.op === 'cell' && node.slot === slot && node.key !== 'id') keys.add(node.key);
  });
  return [...keys];
}
