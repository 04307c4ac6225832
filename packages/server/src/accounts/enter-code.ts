import type { AccountsContext, Visit } from './accounts-context.ts';
import { hashToken } from '../platform/http/actor.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { tooManyAttempts } from './confirm-identity.ts';
import { type Admission, type Browser, isClosed, openSession } from './open-session.ts';
import { checkCode } from './second-factor/check-code.ts';
import { claimAttempt, markSucceeded } from './store.ts';
import { deleteHalfSession, findHalfSession } from './store-half-sessions.ts';

/** The second step of signing in: turns the half session into a whole one, under a new token. Wrong codes are counted like wrong passwords. */
export async function enterCode(
  context: AccountsContext,
  given: { code: string; halfToken: string | undefined },
  browser: Browser,
  visit: Visit,
): Promise<Result<Admission>> {
  const { db, log } = context;
  const { at, address } = visit;
  const tokenHash = hashToken(given.halfToken ?? '');
  const account = given.halfToken ? await findHalfSession(db, tokenHash, at) : undefined;
  if (!account || isClosed(context, account)) {
    return refused(410, {
      code: 'half_session_over',
      message: '输入验证码的时间已过。',
      remedy: '请重新输入登录名和密码。',
    });
  }
  const claim = await claimAttempt(db, { login: account.login, address, at });
  if ('tryAgainAt' in claim) {
    return tooManyAttempts('验证码输错次数过多', claim.tryAgainAt, '手机丢了的，届时可以用恢复码。');
  }
  const code = await checkCode(context, account.id, given.code, at);
  if (!code.ok) {
    await db.transaction().execute((trx) =>
      log(trx, {
        at,
        action: 'signIn',
        outcome: 'refused',
        subjectKind: 'login',
        subjectId: account.login,
        detail: { reason: code.refusal.code },
        request: visit,
      }),
    );
    return code;
  }
  await markSucceeded(db, claim.id);
  await deleteHalfSession(db, tokenHash);
  return ok(await openSession(context, account, ['password', code.value], browser, visit));
}
