import type { RollUp, Verdict } from '../verdict.ts';

/**
 * The whole in one word. Blocked: a block rule fails. Incomplete: a block or soft rule is unknown, or a soft one lacks its
 * explanation. Needs a person: somebody has to decide. Hints never count.
 */
export function rollUp(verdicts: readonly Verdict[]): RollUp {
  const counting = verdicts.filter(({ severity }) => severity !== 'hint');
  if (counting.some(({ severity, outcome }) => severity === 'block' && outcome === 'fail')) return 'blocked';
  const open = counting.some(
    ({ outcome, explanation }) => outcome === 'unknown' || (outcome === 'fail' && explanation?.given === false),
  );
  if (open) return 'incomplete';
  return counting.some(({ outcome }) => outcome === 'needs_human' || outcome === 'fail') ? 'needs_person' : 'ready';
}
