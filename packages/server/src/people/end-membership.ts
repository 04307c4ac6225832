import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { noSuchMember } from './read-profile.ts';
import * as store from './store.ts';

/** Somebody has left the organisation: the membership ends, the account stays the person's own, for the next organisation. */
export const endMembership = (
  context: Context,
  by: By,
  organisationId: string,
  { personId, reason }: { personId: string; reason: string },
): Promise<Result<undefined>> => {
  const what = { action: 'endMembership', subject: { kind: 'person', id: personId } };
  return attempt(context, by, what, async (trx) => {
    const member = await store.findMember(trx, organisationId, personId);
    if (!member) return noSuchMember();
    if (!reason.trim()) {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写离开的原因。',
        where: 'reason',
        remedy: '例如调离、退休。',
      });
    }
    const end = { endedAt: by.at, endedBy: by.actor.personId, endReason: reason.trim() };
    await store.endMembership(trx, member.grantId, end);
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { organisationId, reason: reason.trim() },
    });
    return ok(undefined);
  });
};
