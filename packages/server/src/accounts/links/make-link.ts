import type { Context } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/schema.ts';
import { hashToken, newToken } from '../../platform/http/actor.ts';
import { NO_PASSWORD } from '../password.ts';
import { deleteSessionsOf, updatePassword } from '../store.ts';
import { type Purpose, replaceLink } from './store.ts';

const DAY_MS = 86_400_000;
/** An invitation waits for somebody who may be travelling; a reset is asked for and used. */
const LIFETIME_MS: Record<Purpose, number> = { invitation: 7 * DAY_MS, reset: DAY_MS };

/** `path` is below this installation's address. The token stands after the #, so that it is in no log of a server or proxy. */
export type MadeLink = { path: string; expiresAt: Date };

/**
 * Makes a link by which its carrier sets the password of an account, once. The password of before is void from now on, and the person is
 * signed out everywhere. The link is shown to whoever made it and is nowhere stored.
 */
export async function makeLink(
  trx: Trx,
  log: Context['log'],
  link: { personId: string; purpose: Purpose; by: { personId: string } | undefined; at: Date },
): Promise<MadeLink> {
  const { personId, purpose, by, at } = link;
  const token = newToken();
  const expiresAt = new Date(at.getTime() + LIFETIME_MS[purpose]);
  await updatePassword(trx, personId, NO_PASSWORD, false);
  await deleteSessionsOf(trx, personId);
  await replaceLink(trx, {
    tokenHash: hashToken(token),
    personId,
    purpose,
    madeBy: by?.personId ?? null,
    madeAt: at,
    expiresAt,
  });
  await log(trx, {
    at,
    actor: by,
    action: 'makeAccountLink',
    outcome: 'done',
    subjectKind: 'person',
    subjectId: personId,
    detail: { purpose, expiresAt: expiresAt.toISOString() },
  });
  return { path: `/app/set-password#${token}`, expiresAt };
}
