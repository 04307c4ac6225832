import type { AccountsContext, Visit } from './accounts-context.ts';
import { type Actor, hashToken } from '../platform/http/actor.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { confirmIdentity } from './confirm-identity.ts';
import { findWeakness, hashPassword } from './password.ts';
import { deleteSessionsOf, updatePassword } from './store.ts';

export type PasswordChange = {
  current: string;
  next: string;
  /** Of the session that stays; all others of the person end. */
  token: string;
};

/** Replaces the own password, a temporary one included. The current one is asked again. */
export async function changePassword(
  context: AccountsContext,
  actor: Actor,
  change: PasswordChange,
  visit: Visit,
): Promise<Result<undefined>> {
  const { db, log } = context;
  const confirmed = await confirmIdentity(context, actor, { password: change.current, where: 'current' }, visit);
  if (!confirmed.ok) return confirmed;
  const weakness = findWeakness(change.next, actor.login, 'next');
  if (weakness) return weakness;
  if (change.next.normalize('NFKC') === change.current.normalize('NFKC')) {
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
      at: visit.at,
      actor,
      action: 'changePassword',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      request: visit,
    });
  });
  return ok(undefined);
}
