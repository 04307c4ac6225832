import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { missingOf } from './check-profile.ts';
import { profileFields } from './profile-fields.ts';
import { noSuchMember } from './read-profile.ts';
import * as store from './store.ts';

export type ProfileDecision = { personId: string; revision: number; decision: 'confirmed' | 'returned'; note: string };

/** The organisation's administrator confirms what the person says, or returns it with a reason. What is confirmed is what was seen. */
export const decideProfile = (
  context: Context,
  by: By,
  organisationId: string,
  { personId, revision, decision, note }: ProfileDecision,
): Promise<Result<undefined>> => {
  const what = {
    action: decision === 'confirmed' ? 'confirmProfile' : 'returnProfile',
    subject: { kind: 'person', id: personId },
  };
  return attempt(context, by, what, async (trx) => {
    if (!(await store.findMember(trx, organisationId, personId))) return noSuchMember();
    await store.lockIdentities(trx);
    const profile = await store.findProfile(trx, personId);
    if (!profile) {
      return refused(409, { code: 'no_profile', message: '本人还没有填写个人资料。', remedy: '请先请本人登录填写。' });
    }
    if (profile.revision !== revision) {
      return refused(409, {
        code: 'stale',
        message: '本人刚改过个人资料，与您看到的不同。',
        remedy: '请刷新页面，核对最新的资料再确认。',
      });
    }
    const missing = missingOf(profileFields(context.reference), profile.data);
    if (decision === 'confirmed' && missing.length > 0) {
      return refused(422, {
        code: 'profile_incomplete',
        message: `个人资料还没有填完：${missing.join('、')}。`,
        remedy: '请退回本人补填。',
      });
    }
    if (decision === 'returned' && !note.trim()) {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写退回的理由。',
        where: 'note',
        remedy: '请写明哪里不对。',
      });
    }
    await store.putConfirmation(trx, {
      personId,
      organisationId,
      revision,
      decision,
      note: note.trim(),
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { organisationId, revision, note: note.trim() },
    });
    return ok(undefined);
  });
};
