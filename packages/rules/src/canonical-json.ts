/**
 * One text for one value, whatever order its keys were written in: what is hashed for checksums and version codes. Keys by
 * code unit, no white space, numbers as JSON writes them; undefined members are left out. Throws for what JSON cannot hold
 * (functions, NaN, infinities, cycles by running out of depth).
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > 200) throw new Error('value is nested too deep for canonical JSON');
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('canonical JSON holds finite numbers only');
    return JSON.stringify(Object.is(value, -0) ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new Error(`canonical JSON cannot hold a ${typeof value}`);
  const members = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, depth + 1)}`);
  return `{${members.join(',')}}`;
}
