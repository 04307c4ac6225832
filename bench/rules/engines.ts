import {
  closureBatch,
  evaluate,
  generatedBatch,
  OUTCOME_BYTES,
  rollUp,
  type OutcomeByte,
  type Subject,
} from '@keshen/rules';
import { inBlocks } from '@keshen/rules/definition';
import { jsonLogicOf, type JsonLogic } from '../engines/json-logic.ts';
import { jsonRulesOf, type JsonRules } from '../engines/json-rules.ts';
import { perSecond } from '../measure.ts';
import type { Bench } from './subjects.ts';

export type EngineRate = { engine: string; note: string; perSecond: number };
export type Comparison = { rules: number; compared: number; disagreed: number; rates: EngineRate[] };

/** So many are compared; so few are judged over and over that they stay in the processor's cache. */
const [COMPARED, TIMED] = [5000, 250];
const ROUNDS = 5;

/**
 * The same rules over the same applications by each engine, in turns, the best round of each: full evaluations a second on
 * one core. Only complete applications, for the others cannot say "unknown".
 */
export async function compareEngines({ linked, generator }: Bench): Promise<Comparison> {
  const [closures, generated] = [closureBatch(linked), generatedBatch(linked)];
  const out = new Uint8Array(linked.rules.length);
  const subjects = [...inBlocks(generator(), COMPARED)].flat().filter((subject) => {
    generated.judge(subject, out);
    return [...out].every((byte) => OUTCOME_BYTES[byte] !== 'unknown' && OUTCOME_BYTES[byte] !== 'defect');
  });
  const logic = jsonLogicOf(linked);
  const rules = jsonRulesOf(linked, logic);
  const ids = linked.rules.map(({ id }) => id);
  const disagreed = await disagreements(subjects, ids, generated.judge, logic, rules);

  const timed = subjects.slice(0, TIMED);
  const each = (judge: (subject: Subject) => unknown) => (): void => timed.forEach((subject) => void judge(subject));
  const engines: (Omit<EngineRate, 'perSecond'> & { judgeAll: () => unknown })[] = [
    {
      engine: 'keshen, generated code',
      note: 'server and batch; three-valued',
      judgeAll: each((subject) => generated.judge(subject, out)),
    },
    {
      engine: 'keshen, closures',
      note: 'browser; three-valued',
      judgeAll: each((subject) => closures.judge(subject, out)),
    },
    {
      engine: 'keshen, explained',
      note: 'every verdict with its text; form and materials judged as well',
      judgeAll: each((subject) => rollUp(evaluate(linked, subject))),
    },
    { engine: 'json-logic-engine 5, compiled', note: 'two-valued', judgeAll: each((subject) => logic.judge(subject)) },
    {
      engine: 'json-rules-engine 7',
      note: 'two-valued; sums, dates, conditions over rows as computed facts',
      judgeAll: async () => {
        for (const subject of timed) await rules.judge(subject);
      },
    },
  ];
  const best = engines.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, { judgeAll }] of engines.entries()) {
      best[at] = Math.max(best[at] ?? 0, timed.length * (await perSecond(judgeAll)));
    }
  }
  const rates = engines.map(({ engine, note }, at) => ({ engine, note, perSecond: best[at] ?? 0 }));
  return { rules: ids.length, compared: subjects.length, disagreed, rates };
}

/** Pass and not applicable let an application through alike; the others do not all tell them apart. */
const said = (outcome: unknown): 'fail' | 'needs_human' | 'through' =>
  outcome === 'fail' || outcome === 'needs_human' ? outcome : 'through';

/** Applications about which the other two do not say what ours says, rule by rule. */
async function disagreements(
  subjects: readonly Subject[],
  ids: readonly string[],
  judge: (subject: Subject, out: Uint8Array) => void,
  logic: JsonLogic,
  rules: JsonRules,
): Promise<number> {
  const out = new Uint8Array(ids.length);
  let count = 0;
  for (const subject of subjects) {
    judge(subject, out);
    const ours = [...out].map((byte): OutcomeByte | undefined => OUTCOME_BYTES[byte]);
    const theirs = logic.judge(subject);
    const events = await rules.judge(subject);
    const same = ids.every((id, at) => {
      const outcome = said(ours[at]);
      return outcome === said(theirs[at]) && outcome === said(events.get(id));
    });
    if (!same) count += 1;
  }
  return count;
}
