import type { AccountsContext, Visit } from '../accounts-context.ts';
import { confirmIdentity } from '../confirm-identity.ts';
import type { Actor } from '../../platform/db/actors.ts';
import { ok, type Result } from '../../platform/http/result.ts';
import { deleteSecondFactor } from './store.ts';

/** Turns the own second factor off, with password and code. A powerful role must enrol again before it does anything else. */
export async function removeSecondFactor(
  context: AccountsContext,
  actor: Actor,
  given: { password: string; code: string },
  visit: Visit,
): Promise<Result<undefined>> {
  const confirmed = await confirmIdentity(context, actor, { ...given, where: 'password' }, visit);
  if (!confirmed.ok) return confirmed;
  await context.db.transaction().execute(async (trx) => {
    await deleteSecondFactor(trx, actor.personId);
    await context.log(trx, {
      at: visit.at,
      actor,
      action: 'removeSecondFactor',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      request: visit,
    });
  });
  return ok(undefined);
}
