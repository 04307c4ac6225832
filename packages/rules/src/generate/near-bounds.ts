import type { CompiledCall, Json } from '../call.ts';
import { boundaryPairs } from '../cases/boundaries.ts';
import type { Examples } from '../cases/examples.ts';
import type { ReferenceData } from '../reference.ts';
import type { CellValue } from '../subject.ts';

/** Values at which some rule changes its mind, by address: `budget.grant`, `partners.list.country`. */
export type NearBounds = ReadonlyMap<string, readonly CellValue[]>;

/**
 * From the bounds of the rules the last value inside and the first outside; from the cases beside them every single value
 * that they put into an example.
 */
export function nearBounds(compiled: CompiledCall, examples: Examples, reference: ReferenceData): NearBounds {
  const near = new Map<string, CellValue[]>();
  const add = (path: string, value: CellValue): void => {
    const address = path.replace(/\[[^\]]*\]/g, '');
    const known = near.get(address) ?? [];
    near.set(address, known);
    if (!known.some((other) => JSON.stringify(other) === JSON.stringify(value))) known.push(value);
  };
  for (const { path, inside, outside } of boundaryPairs(compiled, examples, reference)) {
    add(path, inside.value);
    add(path, outside.value);
  }
  for (const { set } of compiled.cases) {
    for (const { path, value } of set) if (isSingle(value)) add(path, value);
  }
  return near;
}

/** No table, and no reference to another entry of the example. */
const isSingle = (value: Json | undefined): value is Exclude<CellValue, readonly string[]> | string[] =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  (typeof value === 'string' && !value.startsWith('@')) ||
  (Array.isArray(value) && value.every((member) => typeof member === 'string'));
