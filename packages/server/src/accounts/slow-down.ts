/** Failures older than this no longer count, in ms. */
export const MEMORY_MS = 30 * 60_000;

/** `free` failures cost nothing; each further one doubles the wait, from `firstMs` up to `longestMs`. */
export type Patience = { free: number; firstMs: number; longestMs: number };

/** For one login: five attempts, then 30 s, 1 min, 2 min … 15 min. A locked-out owner waits a quarter of an hour at the most. */
export const FOR_A_LOGIN: Patience = { free: 5, firstMs: 30_000, longestMs: 15 * 60_000 };
/** For one address: many people of one university share it. */
export const FOR_AN_ADDRESS: Patience = { free: 100, firstMs: 10_000, longestMs: 60_000 };

/**
 * When the next attempt may be made, given the instants of the failures since the last success (any order); undefined if at once.
 * The wait counts from the latest failure, and refused attempts are no failures, so that nobody can be kept out for ever.
 */
export function tryAgainAt(failures: readonly Date[], now: Date, patience: Patience): Date | undefined {
  const recent = failures.map((at) => at.getTime()).filter((at) => at > now.getTime() - MEMORY_MS);
  const beyond = recent.length - patience.free;
  if (beyond < 0) return undefined;
  const wait = Math.min(patience.firstMs * 2 ** Math.min(beyond, 20), patience.longestMs);
  const until = Math.max(...recent) + wait;
  return until > now.getTime() ? new Date(until) : undefined;
}
