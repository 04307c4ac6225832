import { officialInstant } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { hashToken, newSessionToken } from '../platform/http/actor.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { normaliseLogin } from './login-name.ts';
import { passwordMatches } from './password.ts';
import { claimAttempt, deleteSession, findAccount, insertSession, markSucceeded } from './store.ts';

/** A session ends after a working day at the latest. */
const LONGEST_MS = 12 * 3600_000;

export type Attempt = {
  login: string;
  password: string;
  at: Date;
  address: string;
  userAgent: string;
  requestId: string;
  /** The session cookie that came with it, which ends. */
  previousToken: string | undefined;
};

/**
 * Opens a session under a new token. A wrong login, a wrong password and a closed account get the same answer after the same time; only
 * too many failures are told, with the time to try again.
 */
export async function signIn(context: Context, attempt: Attempt): Promise<Result<{ token: string; personId: string }>> {
  const { db, log } = context;
  const login = normaliseLogin(attempt.login).slice(0, 100);
  const { at, address } = attempt;
  const request = { address, requestId: attempt.requestId };

  const claim = await claimAttempt(db, { login, address, at });
  if ('tryAgainAt' in claim) {
    return refused(429, {
      code: 'too_many_attempts',
      message: `登录失败次数过多，请在${officialInstant(claim.tryAgainAt.getTime())}以后再试。`,
      remedy: '忘了密码的，请联系给您账号的单位管理员或管理部门重设。',
      at: claim.tryAgainAt.toISOString(),
    });
  }

  const account = await findAccount(db, login);
  const matches = await passwordMatches(account?.passwordHash, attempt.password);
  const closed = account?.disabledAt || (account?.demonstration && context.config.production);
  if (!account || !matches || closed) {
    await db.transaction().execute((trx) =>
      log(trx, {
        at,
        action: 'signIn',
        outcome: 'refused',
        subjectKind: 'login',
        subjectId: login,
        detail: { reason: account && matches ? 'closed' : 'mismatch' },
        request,
      }),
    );
    return refused(401, {
      code: 'wrong_login',
      message: '登录名或密码不对，或者账号已停用。',
      remedy: '请核对后重试，注意大小写。忘了密码的，请联系给您账号的单位管理员或管理部门重设。',
    });
  }

  await markSucceeded(db, claim.id);
  const token = newSessionToken();
  await db.transaction().execute(async (trx) => {
    if (attempt.previousToken) await deleteSession(trx, hashToken(attempt.previousToken));
    await insertSession(trx, {
      tokenHash: hashToken(token),
      personId: account.id,
      createdAt: at,
      expiresAt: new Date(at.getTime() + LONGEST_MS),
      address,
      userAgent: attempt.userAgent.slice(0, 300),
    });
    await log(trx, {
      at,
      actor: { personId: account.id },
      action: 'signIn',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: account.id,
      request,
    });
  });
  return ok({ token, personId: account.id });
}
