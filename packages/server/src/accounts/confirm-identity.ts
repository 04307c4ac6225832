import { officialInstant } from '@keshen/rules';
import type { AccountsContext, Visit } from './accounts-context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { passwordMatches } from './password.ts';
import { checkCode } from './second-factor/check-code.ts';
import { claimAttempt, findAccountById, markSucceeded } from './store.ts';

/**
 * Asks a signed-in person again for the password, and for a code where one is handed over, before something that whoever found an unlocked
 * screen must not do. Guarded like a sign-in: a right password alone does not wipe out wrong codes.
 */
export async function confirmIdentity(
  context: AccountsContext,
  actor: Actor,
  given: { password: string; code?: string | undefined; where: string },
  visit: Visit,
): Promise<Result<undefined>> {
  const { db } = context;
  const { at, address } = visit;
  const claim = await claimAttempt(db, { login: actor.login, address, at });
  if ('tryAgainAt' in claim) return tooManyAttempts('密码或验证码输错次数过多', claim.tryAgainAt);
  const account = await findAccountById(db, actor.personId);
  if (!(await passwordMatches(account?.passwordHash, given.password))) {
    return refused(422, {
      code: 'wrong_password',
      message: given.where === 'current' ? '原密码不对。' : '密码不对。',
      where: given.where,
      remedy: '请重新输入现在用的密码。',
    });
  }
  if (given.code !== undefined) {
    const code = await checkCode(context, actor.personId, given.code, at);
    if (!code.ok) return code;
  }
  await markSucceeded(db, claim.id);
  return ok(undefined);
}

export const tooManyAttempts = (what: string, tryAgainAt: Date, remedy?: string): Refused =>
  refused(429, {
    code: 'too_many_attempts',
    message: `${what}，请在${officialInstant(Math.ceil(tryAgainAt.getTime() / 1000) * 1000)}以后再试。`,
    ...(remedy && { remedy }),
    at: tryAgainAt.toISOString(),
  });
