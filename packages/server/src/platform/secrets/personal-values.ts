import type { FormField } from '@keshen/rules';
import type { Keyring } from './keyring.ts';

/** What stands in stored JSON instead of a personal value. No entry of a form is an object, so nobody can write one. */
type SealedValue = { sealed: string; index?: string };
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSealed = (value: unknown): value is SealedValue => isObject(value) && typeof value['sealed'] === 'string';

/** One value, with a blind index when it is a number by which people are looked up. */
export const sealValue = (keys: Keyring, owner: string, value: unknown, indexed: boolean): SealedValue => ({
  sealed: keys.seal(owner, JSON.stringify(value)),
  ...(indexed && typeof value === 'string' && { index: keys.index(value) }),
});

/** A section as it is stored: every field that the form calls personal is sealed, in the rows of tables as well. */
export function sealPersonal(keys: Keyring, owner: string, fields: readonly FormField[], section: Json): Json {
  const stored: Json = { ...section };
  for (const { key, type, personal, columns } of fields) {
    const value = section[key];
    if (value === undefined || value === '') continue;
    if (personal) stored[key] = sealValue(keys, owner, value, type === 'resident_id');
    else if (columns && Array.isArray(value)) {
      stored[key] = value.map((row: unknown) => (isObject(row) ? sealPersonal(keys, owner, columns, row) : row));
    }
  }
  return stored;
}

/** The stored JSON with every sealed value opened, wherever it stands. */
export function openPersonal<T>(keys: Keyring, owner: string, stored: T): T {
  return mapSealed(stored, ({ sealed }) => JSON.parse(keys.open(owner, sealed))) as T;
}

/** The stored JSON with everything sealed under the newest keys; undefined when it is already. */
export function resealPersonal(keys: Keyring, owner: string, stored: unknown): unknown {
  let changed = false;
  const fresh = mapSealed(stored, ({ sealed, index }) => {
    const clear = keys.open(owner, sealed);
    const value: unknown = JSON.parse(clear);
    const newest = index !== undefined && typeof value === 'string' ? keys.index(value) : undefined;
    if (keys.isFresh(sealed) && newest === index) return { sealed, ...(index !== undefined && { index }) };
    changed = true;
    return { sealed: keys.seal(owner, clear), ...(newest !== undefined && { index: newest }) };
  });
  return changed ? fresh : undefined;
}

function mapSealed(value: unknown, change: (sealed: SealedValue) => unknown): unknown {
  if (isSealed(value)) return change(value);
  if (Array.isArray(value)) return value.map((item) => mapSealed(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapSealed(item, change)]));
}
