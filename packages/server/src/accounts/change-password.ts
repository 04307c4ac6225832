import { officialInstant } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { type Actor, hashToken } from '../platform/http/actor.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { findWeakness, hashPassword, passwordMatches } from './password.ts';
import { claimAttempt, deleteSessionsOf, findAccountById, markSucceeded, updatePassword } from './store.ts';

export type PasswordChange = {
  current: string;
  next: string;
  at: Date;
  /** Of the session that stays; all others of the person end. */
  token: string;
  request: { address: string; requestId: string };
};

/** Replaces the own password, a temporary one included. The current one is asked again and guarded like a sign-in. */
export async function changePassword(
  context: Context,
  actor: Actor,
  change: PasswordChange,
): Promise<Result<undefined>> {
  const { db, log } = context;
  const { at, request } = change;
  const claim = await claimAttempt(db, { login: actor.login, address: request.address, at });
  if ('tryAgainAt' in claim) {
    return refused(429, {
      code: 'too_many_attempts',
      message: `原密码输错次数过多，请在${officialInstant(claim.tryAgainAt.getTime())}以后再试。`,
      at: claim.tryAgainAt.toISOString(),
    });
  }
  const account = await findAccountById(db, actor.personId);
  if (!(await passwordMatches(account?.passwordHash, change.current))) {
    return refused(422, {
      code: 'wrong_password',
      message: '原密码不对。',
      where: 'current',
      remedy: '请重新输入现在用的密码。',
    });
  }
  await markSucceeded(db, claim.id);

  const weakness = findWeakness(change.next, actor.login, 'next');
  if (weakness) return weakness;
  if (await passwordMatches(account?.passwordHash, change.next)) {
    return refused(422, {
      code: 'same_password',
      message: '新密码与原密码相同。',
      where: 'next',
      remedy: '请另设一个密码。',
    });
  }

  const passwordHash = await hashPassword(change.next);
  await db.transaction().execute(async (trx) => {
    await updatePassword(trx, actor.personId, passwordHash, false);
    await deleteSessionsOf(trx, actor.personId, hashToken(change.token));
    await log(trx, {
      at,
      actor,
      action: 'changePassword',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      request,
    });
  });
  return ok(undefined);
}
