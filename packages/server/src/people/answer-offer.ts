import { insertGrant } from '../accounts/index.ts';
import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';
import * as offers from './store-offers.ts';

/**
 * The person joins the organisation or not. Within one authority somebody applies from one organisation: joining ends the membership of
 * before. What was filled in there stays with that organisation, and the person can go on reading it.
 */
export const answerOffer = (
  context: Context,
  by: By,
  { id, answer }: { id: string; answer: 'accepted' | 'declined' },
): Promise<Result<undefined>> => {
  const what = {
    action: answer === 'accepted' ? 'acceptMembership' : 'declineMembership',
    subject: { kind: 'person', id: by.actor.personId },
  };
  return attempt(context, by, what, async (trx) => {
    const { personId } = by.actor;
    const offer = await offers.lockOffer(trx, id);
    // Somebody else's is answered like one that does not exist.
    if (!offer || offer.personId !== personId) return refused(404, { code: 'not_found', message: '没有这份邀请。' });
    if (offer.answer || offer.expiresAt <= by.at) {
      return refused(409, {
        code: 'offer_over',
        message: offer.answer ? '这份邀请已经答复过，或者单位已撤回。' : '这份邀请已过期。',
        remedy: '仍要加入的，请单位管理员重新邀请。',
      });
    }
    if (answer === 'accepted') {
      const held = await store.membershipsOf(trx, personId);
      const administers = held.find(({ role }) => role === 'organisationAdministrator');
      if (administers) {
        return refused(409, {
          code: 'administrator_cannot_apply',
          message: `您现在是${administers.organisationName}的单位管理员，单位管理员不能作申报人。`,
          remedy: '请先在原单位办理管理员交接，再加入。',
        });
      }
      for (const { id: grantId, role, authorityId } of held) {
        if (role !== 'applicant' || authorityId !== offer.authorityId) continue;
        const endReason = `转入${offer.organisationName}`;
        await store.endMembership(trx, grantId, { endedAt: by.at, endedBy: personId, endReason });
      }
      const grant = {
        role: 'applicant' as const,
        authorityId: offer.authorityId,
        organisationId: offer.organisationId,
      };
      await insertGrant(trx, personId, grant, { grantedBy: personId, grantedAt: by.at });
    }
    await offers.answerOffer(trx, id, { answer, answeredAt: by.at });
    await context.log(trx, {
      ...eventBy(by, what),
      outcome: 'done',
      detail: { organisationId: offer.organisationId, offer: id },
    });
    return ok(undefined);
  });
};
