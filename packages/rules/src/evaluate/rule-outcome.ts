import type { CompiledRule } from '../call.ts';
import type { Outcome } from '../verdict.ts';
import type { Closures } from './closures.ts';
import type { Context } from './context.ts';

/** One bit for each outcome: what is still possible, given what is unknown. */
export const POSSIBLE: Record<Outcome, number> = { pass: 1, fail: 2, unknown: 4, needs_human: 8, not_applicable: 16 };

const DECIDED = new Map<number, Outcome>(
  (Object.keys(POSSIBLE) as Outcome[]).map((outcome) => [POSSIBLE[outcome], outcome]),
);

/** One possibility decides; pass or not applicable alike let the application through; anything else is unknown. */
export const settle = (possible: number): Outcome =>
  DECIDED.get(possible) ?? (possible === (POSSIBLE.pass | POSSIBLE.not_applicable) ? 'pass' : 'unknown');

/**
 * What a rule says of the current row (or of the application), as a set of possible outcomes. Order: `when`, then the
 * first exception that holds, then `require`, then `human`. An unanswered condition leaves both ways open.
 */
export function ruleOutcomes(rule: CompiledRule, closures: Closures): (context: Context) => number {
  const when = rule.when && closures.test(rule.when);
  const exceptions = rule.except.map((exception) => ({
    test: closures.test(exception.when),
    bit: POSSIBLE[exception.outcome],
  }));
  const require = rule.require && closures.test(rule.require);
  const human = rule.human && closures.test(rule.human.when);

  return (context) => {
    let possible = 0;
    if (when) {
      const applies = when(context);
      if (applies === false) return POSSIBLE.not_applicable;
      if (applies === undefined) possible |= POSSIBLE.not_applicable;
    }
    for (const { test, bit } of exceptions) {
      const holds = test(context);
      if (holds === true) return possible | bit;
      if (holds === undefined) possible |= bit;
    }
    const kept = require ? require(context) : true;
    if (kept === false) return possible | POSSIBLE.fail;
    if (kept === undefined) return possible | POSSIBLE.pass | POSSIBLE.fail;
    if (!human) return possible | POSSIBLE.pass;
    const asked = human(context);
    if (asked === true) return possible | POSSIBLE.needs_human;
    return possible | POSSIBLE.pass | (asked === undefined ? POSSIBLE.needs_human : 0);
  };
}

/** How the outcomes of rows add up to one: a row that fails fails the rule. */
export const ROW_ORDER: readonly Outcome[] = ['fail', 'unknown', 'needs_human', 'pass', 'not_applicable'];

export const worstOf = (outcomes: readonly Outcome[]): Outcome =>
  ROW_ORDER.find((outcome) => outcomes.includes(outcome)) ?? 'not_applicable';
