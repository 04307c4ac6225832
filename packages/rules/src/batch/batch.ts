import { contextOf, EMPTY_ROW, type Context } from '../evaluate/context.ts';
import { possibleOutcomes } from '../evaluate/judge-rule.ts';
import type { LinkedCall } from '../evaluate/link.ts';
import { POSSIBLE, settle } from '../evaluate/rule-outcome.ts';
import type { CompiledRule } from '../call.ts';
import type { Subject } from '../subject.ts';
import type { Outcome } from '../verdict.ts';

/** The bytes of a batch: the place of an outcome here. `defect`: the rule threw. */
export const OUTCOME_BYTES = ['pass', 'fail', 'unknown', 'needs_human', 'not_applicable', 'defect'] as const;
export type OutcomeByte = (typeof OUTCOME_BYTES)[number];

export const BYTE_OF = Object.fromEntries(OUTCOME_BYTES.map((outcome, byte) => [outcome, byte])) as Record<
  OutcomeByte,
  number
>;

/** Of the rows of a rule the worst counts; the greater the rank, the worse. */
export const ROW_RANK: Record<Outcome, number> = { fail: 4, unknown: 3, needs_human: 2, pass: 1, not_applicable: 0 };

/** Judges many applications: one byte for each rule, nothing explained. `rules` names the bytes in order. */
export type Batch = {
  rules: readonly string[];
  /** Writes `rules.length` bytes into `out` from `at` on. */
  judge: (subject: Subject, out: Uint8Array, at?: number) => void;
};

/** A batch that runs the same closures as everything else. */
export function closureBatch(linked: LinkedCall): Batch {
  const judges = linked.rules.map((rule) => ruleJudge(linked, rule));
  return {
    rules: linked.rules.map(({ id }) => id),
    judge: (subject, out, at = 0) => {
      const context = contextOf(subject);
      for (const [place, judge] of judges.entries()) {
        try {
          out[at + place] = BYTE_OF[judge(context)];
        } catch {
          out[at + place] = BYTE_OF.defect;
        }
      }
    },
  };
}

function ruleJudge(linked: LinkedCall, rule: CompiledRule): (context: Context) => Outcome {
  const possible = possibleOutcomes(linked, rule);
  if (!rule.forEach) return (context) => settle(possible(context));
  const rowsOf = linked.closures.rows(rule.forEach.list);
  const concerned = rule.forEach.when && linked.closures.test(rule.forEach.when);
  const when = rule.when && linked.closures.test(rule.when);
  return (context) => {
    const rows = rowsOf(context);
    if (rows === undefined) {
      context.rows[0] = EMPTY_ROW;
      return when?.(context) === false ? 'not_applicable' : 'unknown';
    }
    let worst: Outcome = 'not_applicable';
    for (const row of rows) {
      context.rows[0] = row ?? EMPTY_ROW;
      const here = concerned ? concerned(context) : true;
      if (here === false) continue;
      const outcome = settle(possible(context) | (here === undefined ? POSSIBLE.not_applicable : 0));
      if (ROW_RANK[outcome] > ROW_RANK[worst]) worst = outcome;
    }
    return worst;
  };
}
