import { type Admission, admit, type Browser, isClosed } from '../open-session.ts';
import type { AccountsContext, Visit } from '../accounts-context.ts';
import { actorOfSession } from '../../platform/db/actors.ts';
import { transact } from '../../platform/db/transact.ts';
import { hashToken } from '../../platform/http/actor.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { notConfigured } from './begin.ts';
import type { IdentityProvider } from './identity-provider.ts';
import * as store from './store.ts';

export type Finished = { linked: true } | { linked: false; admission: Admission };

const notAsAsked = (): Refused =>
  refused(400, {
    code: 'single_sign_on_failed',
    message: '单点登录没有完成：返回的信息与发出的请求不符，或已经过期。',
    remedy: '请从登录页重新开始；不要用旧的链接、书签或后退键回到这一步。',
  });

/** The browser comes back from the provider: signs in whom the identity is linked to, or links it to whoever asked for that. */
export async function finishSingleSignOn(
  context: AccountsContext,
  answer: URL,
  token: string | undefined,
  browser: Browser,
  visit: Visit,
): Promise<Result<Finished>> {
  const { db, provider } = context;
  if (!provider) return notConfigured();
  const attempt = token ? await store.takeAttempt(db, hashToken(token)) : undefined;
  if (!attempt || attempt.expiresAt <= visit.at) return notAsAsked();
  const found = await provider.finish(answer, attempt).catch(() => undefined);
  if (!found) {
    await logRefusal(context, 'not_as_asked', visit);
    return notAsAsked();
  }
  return attempt.sessionId === null
    ? signInAs(context, provider, found.subject, browser, visit)
    : link(context, provider, found.subject, attempt.sessionId, visit);
}

async function signInAs(
  context: AccountsContext,
  { issuer, name }: IdentityProvider,
  subject: string,
  browser: Browser,
  visit: Visit,
): Promise<Result<Finished>> {
  const account = await store.findLinked(context.db, issuer, subject);
  if (!account || isClosed(context, account)) {
    await logRefusal(context, account ? 'closed' : 'unlinked', visit);
    return refused(403, {
      code: 'identity_unlinked',
      message: `您在${name}的身份还没有关联本系统的账号，或者账号已停用。`,
      remedy: '请先用登录名和密码登录，在“登录与安全”里关联；以后就可以这样登录。还没有账号的，请向单位管理员领取。',
    });
  }
  await store.touchIdentity(context.db, issuer, subject, visit.at);
  return ok({ linked: false, admission: await admit(context, account, 'singleSignOn', browser, visit) });
}

async function link(
  { db, log, config }: AccountsContext,
  { issuer, name }: IdentityProvider,
  subject: string,
  sessionId: string,
  visit: Visit,
): Promise<Result<Finished>> {
  const tokenHash = await store.tokenHashOf(db, sessionId);
  const actor = tokenHash && (await actorOfSession(db, tokenHash, visit.at, config.production));
  if (!actor) {
    return refused(401, {
      code: 'signed_out',
      message: '没有关联：登录已过期。',
      remedy: '请重新登录，再从“登录与安全”开始关联。',
    });
  }
  return transact(db, async (trx) => {
    const linked = await store.linkIdentity(trx, { personId: actor.personId, issuer, subject, linkedAt: visit.at });
    if (!linked) {
      return refused(409, {
        code: 'identity_taken',
        message: `没有关联：您在${name}的身份已经关联了账号，或者本账号已经关联了另一个身份。`,
        remedy: '一个身份只能关联一个账号。请先在原来的账号里解除关联。',
      });
    }
    await log(trx, {
      at: visit.at,
      actor,
      action: 'linkIdentity',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      detail: { issuer },
      request: visit,
    });
    return ok({ linked: true });
  });
}

const logRefusal = ({ db, log, provider }: AccountsContext, reason: string, visit: Visit): Promise<void> =>
  db.transaction().execute((trx) =>
    log(trx, {
      at: visit.at,
      action: 'signIn',
      outcome: 'refused',
      subjectKind: 'identityProvider',
      subjectId: provider?.issuer ?? '',
      detail: { reason },
      request: visit,
    }),
  );
