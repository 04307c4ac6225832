/** At most `limit` calls for one key within `windowMs`; kept in memory, so a restart forgets. */
export function rateLimit(limit: number, windowMs: number): (key: string, now: Date) => Date | undefined {
  const calls = new Map<string, number[]>();
  return (key, now) => {
    const at = now.getTime();
    for (const [other, times] of calls) if ((times.at(-1) ?? 0) <= at - windowMs) calls.delete(other);
    const recent = (calls.get(key) ?? []).filter((time) => time > at - windowMs);
    const [oldest] = recent;
    if (recent.length >= limit && oldest !== undefined) return new Date(oldest + windowMs);
    calls.set(key, [...recent, at]);
    return undefined;
  };
}
