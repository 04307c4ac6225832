/** Chance that can be repeated: the same seed gives the same numbers on every machine. */
export type Random = {
  /** A whole number from 0 up to, not including, `bound`. */
  below: (bound: number) => number;
  chance: (probability: number) => boolean;
  /** One of a list; undefined when it is empty. */
  pick: <T>(list: readonly T[]) => T | undefined;
};

/** Mulberry32: 2³² states, plenty for half a million applications, and one multiplication a number. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return { below, chance: (probability) => next() < probability, pick: (list) => list[below(list.length)] };
}
