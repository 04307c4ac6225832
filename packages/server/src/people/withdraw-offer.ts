import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as offers from './store-offers.ts';

/** The organisation takes back an invitation that was not answered yet. */
export const withdrawOffer = (
  context: Context,
  by: By,
  organisationId: string,
  id: string,
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'withdrawMembership', subject: { kind: 'membershipOffer', id } }, async (trx) => {
    const offer = await offers.lockOffer(trx, id);
    if (!offer || offer.organisationId !== organisationId) {
      return refused(404, { code: 'not_found', message: '本单位没有这份邀请。' });
    }
    if (offer.answer) {
      return refused(409, { code: 'offer_over', message: '本人已经答复，不能撤回。', remedy: '请刷新页面。' });
    }
    await offers.answerOffer(trx, id, { answer: 'withdrawn', answeredAt: by.at });
    await context.log(trx, {
      ...eventBy(
        by,
        { action: 'withdrawMembership', subject: { kind: 'person', id: offer.personId } },
        'organisationAdministrator',
      ),
      outcome: 'done',
      detail: { organisationId, offer: id },
    });
    return ok(undefined);
  });
