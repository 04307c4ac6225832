import type { AccountsContext, Visit } from '../accounts-context.ts';
import { confirmIdentity } from '../confirm-identity.ts';
import type { Actor } from '../../platform/db/actors.ts';
import { transact } from '../../platform/db/transact.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import * as store from './store.ts';

/** The identity no longer signs in as this person; the password does. Asks for it again. */
export async function unlinkIdentity(
  context: AccountsContext,
  actor: Actor,
  given: { id: string; password: string },
  visit: Visit,
): Promise<Result<undefined>> {
  const confirmed = await confirmIdentity(context, actor, { password: given.password, where: 'password' }, visit);
  if (!confirmed.ok) return confirmed;
  return transact(context.db, async (trx) => {
    if (!(await store.unlinkIdentity(trx, actor.personId, given.id))) {
      return refused(404, { code: 'not_found', message: '没有这个关联，可能已经解除。', remedy: '请刷新页面。' });
    }
    await context.log(trx, {
      at: visit.at,
      actor,
      action: 'unlinkIdentity',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      request: visit,
    });
    return ok(undefined);
  });
}
