import type { AccountsContext, Visit } from './accounts-context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { tooManyAttempts } from './confirm-identity.ts';
import { demandProof } from './demand-proof.ts';
import { normaliseLogin } from './login-name.ts';
import { admit, type Admission, type Browser, isClosed } from './open-session.ts';
import { passwordMatches } from './password.ts';
import type { Proof } from './proof.ts';
import { claimAttempt, findAccount, markSucceeded, withdrawAttempt } from './store.ts';

export type Attempt = { login: string; password: string; proof?: Proof };

/**
 * Opens a session under a new token, or half of one where a code is still to be entered. A wrong login, a wrong password and a closed
 * account get the same answer after the same time; only too many failures are told, with the time to try again.
 */
export async function signIn(
  context: AccountsContext,
  attempt: Attempt,
  browser: Browser,
  visit: Visit,
): Promise<Result<Admission>> {
  const { db, log } = context;
  const login = normaliseLogin(attempt.login).slice(0, 100);
  const { at, address } = visit;

  const proven = await demandProof(context, attempt.proof, visit);
  if (!proven.ok) return proven;
  const claim = await claimAttempt(db, { login, address, at });
  if ('tryAgainAt' in claim) {
    const remedy = '忘了密码的，请联系给您账号的单位管理员或管理部门重设。';
    return tooManyAttempts('登录失败次数过多', claim.tryAgainAt, remedy);
  }

  const account = await findAccount(db, login);
  const matches = await passwordMatches(account?.passwordHash, attempt.password);
  if (!account || !matches || isClosed(context, account)) {
    await db.transaction().execute((trx) =>
      log(trx, {
        at,
        action: 'signIn',
        outcome: 'refused',
        subjectKind: 'login',
        subjectId: login,
        detail: { reason: account && matches ? 'closed' : 'mismatch' },
        request: visit,
      }),
    );
    return refused(401, {
      code: 'wrong_login',
      message: '登录名或密码不对，或者账号已停用。',
      remedy: '请核对后重试，注意大小写。忘了密码的，请联系给您账号的单位管理员或管理部门重设。',
    });
  }

  const admission = await admit(context, account, 'password', browser, visit);
  // Half is no success yet: who knows the password must not win new guesses at the code by signing in again.
  await (admission.half ? withdrawAttempt(db, claim.id) : markSucceeded(db, claim.id));
  return ok(admission);
}
