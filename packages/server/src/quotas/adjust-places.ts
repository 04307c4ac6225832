import { attempt, type By, eventBy } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { type PlacesLeft, placesOfRound } from './read-places.ts';
import { adjustCounter, lockCounter } from './store.ts';

/** `change` is added to the places: 2, or −1. */
export type AdjustmentAsked = { roundId: string; quota: string; holder: string; change: number; reason: string };

/**
 * The science department gives a holder more places, or takes some that nobody has used. With a reason, which the holder sees; logged.
 */
export const adjustPlaces = (context: Context, by: By, asked: AdjustmentAsked): Promise<Result<PlacesLeft>> =>
  attempt(context, by, { action: 'adjustPlaces', subject: { kind: 'round', id: asked.roundId } }, async (trx) => {
    const { roundId, quota, holder, change } = asked;
    const round = await loadRound({ db: trx, reference: context.reference }, roundId);
    const isOfficer = by.actor.grants.some(
      ({ role, authorityId }) => role === 'programmeOfficer' && authorityId === round?.round.authorityId,
    );
    if (!round || !isOfficer) return refused(404, { code: 'not_found', message: '没有这个申报通知。' });
    const reason = asked.reason.trim();
    if (reason === '') {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写调整的理由。',
        where: 'reason',
        remedy: '请写明理由，对方会看到。',
      });
    }
    const reading = { db: trx, round, reference: context.reference, at: by.at };
    const find = async () =>
      (await placesOfRound(reading)).places.find((places) => places.quota === quota && places.holder === holder);
    const before = await find();
    if (!before) {
      return refused(422, {
        code: 'no_such_places',
        message: '没有这一份名额，或者它不限数量，不需要调整。',
        where: 'holder',
        remedy: '请从名额表里选择要调整的一行。',
      });
    }
    const { granted, adjusted, taken } = await lockCounter(trx, roundId, {
      counter: quota,
      holder,
      granted: before.granted,
    });
    const places = granted + adjusted + change;
    if (places < taken) {
      return refused(409, {
        code: 'already_taken',
        message: `${before.holderName}的“${before.title}”已用${taken}项，调整后只有${Math.max(places, 0)}项，没有调整。`,
        where: 'change',
        remedy: `最多可调减${granted + adjusted - taken}项；要调得更少，请先由推荐部门撤销推荐。`,
        current: { taken },
      });
    }
    await adjustCounter(
      trx,
      { roundId, quota, holder, change, reason },
      { adjustedBy: by.actor.personId, adjustedAt: by.at },
    );
    await context.log(trx, {
      ...eventBy(by, { action: 'adjustPlaces', subject: { kind: 'round', id: roundId } }, 'programmeOfficer'),
      outcome: 'done',
      detail: { quota, holder, holderName: before.holderName, change, from: granted + adjusted, to: places, reason },
    });
    const after = await find();
    return after ? ok(after) : refused(500, { code: 'fault', message: '没有调整成功。' });
  });
