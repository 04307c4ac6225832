import { evaluate, rollUp, type Subject } from '@keshen/rules';
import { inBlocks } from '@keshen/rules/definition';
import { quantile } from '../measure.ts';
import type { Bench } from './subjects.ts';

export type Explained = { applications: number; median: number; p90: number };

/** Milliseconds on the clock for one application with every verdict explained, form and materials included. */
export function explainedTimes({ linked, generator }: Bench, count = 3000): Explained {
  const subjects = [...inBlocks(generator(), count)].flat();
  const judge = (subject: Subject): number => {
    const begun = performance.now();
    rollUp(evaluate(linked, subject));
    return performance.now() - begun;
  };
  for (const subject of subjects.slice(0, count / 3)) judge(subject);
  const times = subjects.map(judge);
  return { applications: count, median: quantile(times, 0.5), p90: quantile(times, 0.9) };
}
