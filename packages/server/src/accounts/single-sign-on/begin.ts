import type { AccountsContext } from '../accounts-context.ts';
import { hashToken, newToken } from '../../platform/http/actor.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { insertAttempt, sessionIdOf } from './store.ts';

const LONGEST_MS = 10 * 60_000;

export const notConfigured = (): Refused =>
  refused(404, { code: 'no_single_sign_on', message: '本系统没有配置单点登录。', remedy: '请用登录名和密码登录。' });

export const unreachable = (name: string): Refused =>
  refused(503, {
    code: 'provider_unreachable',
    message: `现在连不上${name}。`,
    remedy: '请稍后再试，或用登录名和密码登录。',
  });

/**
 * Where to send the browser, and the token that ties it to the answer. `sessionToken` is given for linking: the identity that comes back
 * belongs to that session's person.
 */
export async function beginSingleSignOn(
  { db, provider }: AccountsContext,
  sessionToken: string | undefined,
  at: Date,
): Promise<Result<{ url: string; token: string }>> {
  if (!provider) return notConfigured();
  const begun = await provider.begin().catch(() => undefined);
  if (!begun) return unreachable(provider.name);
  const token = newToken();
  await insertAttempt(db, {
    tokenHash: hashToken(token),
    ...begun.checks,
    sessionId: sessionToken ? ((await sessionIdOf(db, hashToken(sessionToken))) ?? null) : null,
    expiresAt: new Date(at.getTime() + LONGEST_MS),
  });
  return ok({ url: begun.url, token });
}
