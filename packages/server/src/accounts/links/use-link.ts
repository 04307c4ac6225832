import type { AccountsContext, Visit } from '../accounts-context.ts';
import { findWeakness, hashPassword } from '../password.ts';
import { deleteSessionsOf, updatePassword } from '../store.ts';
import { transact } from '../../platform/db/transact.ts';
import { hashToken } from '../../platform/http/actor.ts';
import { ok, type Result } from '../../platform/http/result.ts';
import { workingLink } from './read-link.ts';
import { findLink, lockLink, markUsed } from './store.ts';

/**
 * Sets the password by a link, which then works no more. Nobody is signed in by it: the first sign-in shows that the password arrived, and
 * asks for the second factor of whoever has one.
 */
export async function useLink(
  { db, log }: AccountsContext,
  given: { token: string; password: string },
  visit: Visit,
): Promise<Result<undefined>> {
  const tokenHash = hashToken(given.token);
  const link = workingLink(await findLink(db, tokenHash), visit.at);
  if (!link.ok) return link;
  const weakness = findWeakness(given.password, link.value.login, 'password');
  if (weakness) return weakness;
  const passwordHash = await hashPassword(given.password);
  return transact(db, async (trx) => {
    const locked = workingLink(await lockLink(trx, tokenHash), visit.at);
    if (!locked.ok) return locked;
    const { personId, purpose } = locked.value;
    await markUsed(trx, tokenHash, visit.at);
    await updatePassword(trx, personId, passwordHash, false);
    await deleteSessionsOf(trx, personId);
    await log(trx, {
      at: visit.at,
      actor: { personId },
      action: 'useAccountLink',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
      detail: { purpose },
      request: visit,
    });
    return ok(undefined);
  });
}
