import type { Effect, Step } from '@keshen/rules';
import { freePlaces, takePlaces } from '../quotas/index.ts';
import { eventBy } from './attempt.ts';
import { changeLocked } from './change-locked.ts';
import { contentOf } from './content-of.ts';
import { freeze } from './content.ts';
import { placesAsked } from './places-asked.ts';
import { CHECKLIST_OF } from './review-checks.ts';
import type { Situation } from './situation.ts';
import { type ApplicationChange } from './store.ts';
import { insertSnapshot } from './store-history.ts';
import { sendMarks } from './store-review-flow.ts';
import { voidCurrentList } from './store-places.ts';
import { voidSeals } from './store-seals.ts';
import { inWords } from './words.ts';

/** What an effect adds to the row of the application and to the entry in its log. */
export type Trace = { change: Partial<ApplicationChange>; detail: Record<string, unknown> };
type EffectRun = (situation: Situation, step: Step) => Promise<Trace>;

const NOTHING: Trace = { change: {}, detail: {} };
const tracePlaces = (key: 'places' | 'freed', places: readonly object[]): Trace =>
  places.length > 0 ? { change: {}, detail: { [key]: places } } : NOTHING;

/** What each effect of the lifecycle table does. */
export const EFFECT_RUNS: Record<Effect, EffectRun> = {
  event: async () => NOTHING,
  takePlace: async (situation) => tracePlaces('places', await takePlaces(situation.trx, await placesAsked(situation))),
  // Who withdraws a recommendation keeps a place that was counted at the submit.
  freePlace: async ({ trx, row, request }) =>
    tracePlaces(
      'freed',
      await freePlaces(trx, row.id, request.action === 'withdrawRecommendation' ? { countsAt: 'recommend' } : {}),
    ),
  markReturned: async ({ by }) => ({ change: { returnedByDepartmentAt: by.at }, detail: {} }),

  sendMarks: async ({ trx, row, request, by }) => {
    const marks = await sendMarks(trx, row.id, CHECKLIST_OF[request.action] ?? 'department', by.at);
    return marks.length > 0 ? { change: {}, detail: { marks } } : NOTHING;
  },

  applyChange: async ({ trx, row, round, by, request: { change } }) => {
    if (!change) throw new Error('a change after admission without the change');
    const { versionCode, hash } = await changeLocked(trx, { row, round, by, change });
    return { change: { versionCode }, detail: { change, versionCode, hash } };
  },

  voidSeals: async ({ trx, by, row, round }, step) => {
    const voided = await voidSeals(trx, row.id, { at: by.at, reason: inWords(step.label, round.compiled) });
    return voided.length > 0 ? { change: {}, detail: { voidedSeals: voided } } : NOTHING;
  },

  snapshot: async ({ trx, by, row, round, judgement }) => {
    const { subject, attachments } = await judgement();
    const frozen = freeze(contentOf(row, round, { application: subject.application, attachments }));
    await insertSnapshot(trx, row.id, frozen, { personId: by.actor.personId, at: by.at });
    return {
      change: { versionCode: frozen.versionCode, submittedAt: by.at, submittedUnder: round.round.checksum },
      detail: { versionCode: frozen.versionCode, hash: frozen.hash },
    };
  },

  voidLists: async ({ trx, context, by, row, round }, step) => {
    const reason = `${inWords(step.label, round.compiled)}：${row.number} ${row.title}`;
    const voided = await voidCurrentList(trx, row, { at: by.at, reason });
    if (!voided) return NOTHING;
    await context.log(trx, {
      ...eventBy(by, { action: 'voidList', subject: { kind: 'recommendationList', id: voided.id } }, step.role),
      outcome: 'done',
      detail: { code: voided.code, reason },
    });
    return { change: {}, detail: { voidedList: voided.code } };
  },
};
