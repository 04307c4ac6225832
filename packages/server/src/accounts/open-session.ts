import type { AccountsContext, Visit } from './accounts-context.ts';
import { hashToken, newToken } from '../platform/http/actor.ts';
import { enrolledAt } from './second-factor/store.ts';
import { type Account, deleteSession, insertSession } from './store.ts';
import { insertHalfSession } from './store-half-sessions.ts';

/** A session ends after a working day at the latest. */
const LONGEST_MS = 12 * 3600_000;
/** Time to find the phone. */
const HALF_MS = 10 * 60_000;

export type Browser = {
  userAgent: string;
  /** The session cookie that came with the request, whose session ends: a token known before signing in is worth nothing after it. */
  previousToken: string | undefined;
};

/** `half`: the token is good for entering the code and for nothing else. */
export type Admission = { half: boolean; token: string; expiresAt: Date };

/** A closed account, and in production one of the demonstration, is answered like one that does not exist. */
export const isClosed = ({ config }: Pick<AccountsContext, 'config'>, account: Account): boolean =>
  account.disabledAt !== null || (account.demonstration && config.production);

/** After the first factor: a session, or half of one where a code is still to come. */
export async function admit(
  context: AccountsContext,
  account: Account,
  by: 'password' | 'singleSignOn',
  browser: Browser,
  visit: Visit,
): Promise<Admission> {
  if (!(await enrolledAt(context.db, account.id))) return openSession(context, account, [by], browser, visit);
  const token = newToken();
  const expiresAt = new Date(visit.at.getTime() + HALF_MS);
  await insertHalfSession(context.db, {
    tokenHash: hashToken(token),
    personId: account.id,
    createdAt: visit.at,
    expiresAt,
  });
  return { half: true, token, expiresAt };
}

export async function openSession(
  { db, log }: AccountsContext,
  account: Account,
  factors: readonly string[],
  browser: Browser,
  visit: Visit,
): Promise<Admission> {
  const { at } = visit;
  const token = newToken();
  const expiresAt = new Date(at.getTime() + LONGEST_MS);
  await db.transaction().execute(async (trx) => {
    if (browser.previousToken) await deleteSession(trx, hashToken(browser.previousToken));
    await insertSession(trx, {
      tokenHash: hashToken(token),
      personId: account.id,
      createdAt: at,
      expiresAt,
      address: visit.address,
      userAgent: browser.userAgent.slice(0, 300),
    });
    await log(trx, {
      at,
      actor: { personId: account.id },
      action: 'signIn',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: account.id,
      detail: { factors },
      request: visit,
    });
  });
  return { half: false, token, expiresAt };
}
