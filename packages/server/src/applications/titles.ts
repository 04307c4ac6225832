/** A title without what two typists would write differently: width, case, spaces, punctuation. */
export const normalisedTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]/gu, '');

/** From here on two titles count as similar; a person decides what that means. */
const SIMILAR = 0.6;

/** `same` after normalising, `similar` when the pairs of neighbouring characters agree to 60 % (Dice), else undefined. */
export function similarity(a: string, b: string): 'same' | 'similar' | undefined {
  const [x, y] = [normalisedTitle(a), normalisedTitle(b)];
  if (x === '' || y === '') return undefined;
  if (x === y) return 'same';
  const [pairs, others] = [pairsOf(x), pairsOf(y)];
  let common = 0;
  for (const [pair, count] of pairs) common += Math.min(count, others.get(pair) ?? 0);
  const all = Math.max(0, x.length - 1) + Math.max(0, y.length - 1);
  return all > 0 && (2 * common) / all >= SIMILAR ? 'similar' : undefined;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
