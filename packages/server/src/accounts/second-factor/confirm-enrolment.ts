import type { AccountsContext, Visit } from '../accounts-context.ts';
import { tooManyAttempts } from '../confirm-identity.ts';
import { claimAttempt, deleteSessionsOf, markSucceeded } from '../store.ts';
import type { Actor } from '../../platform/db/actors.ts';
import { hashToken } from '../../platform/http/actor.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { checkCode } from './check-code.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import * as store from './store.ts';

/** The first code shows that the secret arrived. Answers with the recovery codes, this once; sessions opened without a code end. */
export async function confirmEnrolment(
  context: AccountsContext,
  actor: Actor,
  given: { code: string; token: string },
  visit: Visit,
): Promise<Result<{ recoveryCodes: string[] }>> {
  const { db, log } = context;
  const { personId } = actor;
  const factor = await store.findSecondFactor(db, personId);
  if (!factor || factor.confirmedAt) {
    return refused(409, {
      code: 'no_enrolment',
      message: factor ? '两步验证已经启用。' : '还没有开始启用两步验证。',
      remedy: '请刷新页面，看现在的状态。',
    });
  }
  const claim = await claimAttempt(db, { login: actor.login, address: visit.address, at: visit.at });
  if ('tryAgainAt' in claim) return tooManyAttempts('验证码输错次数过多', claim.tryAgainAt);
  const code = await checkCode(context, personId, given.code, visit.at);
  if (!code.ok) return code;
  await markSucceeded(db, claim.id);

  const codes = await newRecoveryCodes();
  await db.transaction().execute(async (trx) => {
    await store.confirmSecondFactor(trx, personId, visit.at);
    await store.replaceRecoveryCodes(trx, personId, codes);
    await deleteSessionsOf(trx, personId, hashToken(given.token));
    await log(trx, {
      at: visit.at,
      actor,
      action: 'enrolSecondFactor',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
      request: visit,
    });
  });
  return ok({ recoveryCodes: codes.map(({ text }) => text) });
}
