/** One defect of a definition. `line` and `column` count from 1. */
export type Problem = { file: string; line: number; column: number; message: string; suggestion?: string };

/** Least number of insertions, deletions, replacements and swaps of neighbours that turn one word into another. */
export function editDistance(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: y.length + 1 }, (_, at) => at);
  for (let i = 1; i <= x.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= y.length; j += 1) {
      const replace = (previous[j - 1] ?? 0) + (x[i - 1] === y[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replace);
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[y.length] ?? 0;
}

/** The word that was probably meant, if one is near enough (a third of its letters at the most). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= Math.max(1, Math.floor(candidate.length / 3)) && distance < (best?.distance ?? Infinity)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** `是不是“budget.total”？`, or what there is to choose from when nothing is near and the choice is small. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates);
  if (near !== undefined) return `是不是“${near}”？`;
  const choice = candidates.join('、');
  return choice !== '' && choice.length <= 120 ? `可以写：${choice}` : undefined;
}
