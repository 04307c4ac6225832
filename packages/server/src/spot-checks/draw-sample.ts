import { createHash } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What the draw rests on: the secret whose hash was published before, and a value that nobody knew before its day. */
export const seedOf = (secret: string, publicValue: string): string => `${secret}:${publicValue}`;

export const hashOfSecret = (secret: string): string => sha256(secret);

/** The hash of the numbers, sorted, one a line: whoever has the list can see that it is the one that was drawn from. */
export const populationHashOf = (numbers: readonly string[]): string => sha256(sorted(numbers).join('\n'));

/** How many are drawn: the percentage, rounded up, so that a small list is not let off. */
export const sizeOf = (population: number, percent: number): number => Math.ceil((population * percent) / 100);

/**
 * The numbers whose sha256(seed‖number) is smallest, in that order; `percent` of them, 1 to 100. Anybody can repeat it with a list and
 * a hash function.
 */
export function drawSample(seed: string, numbers: readonly string[], percent: number): string[] {
  return sorted(numbers)
    .map((number) => ({ number, hash: sha256(seed + number) }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, sizeOf(new Set(numbers).size, percent))
    .map(({ number }) => number);
}

/** Without repetitions, by code unit: the same on every machine. */
const sorted = (numbers: readonly string[]): string[] => [...new Set(numbers)].toSorted((a, b) => (a < b ? -1 : 1));
