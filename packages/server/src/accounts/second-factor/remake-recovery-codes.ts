import type { AccountsContext, Visit } from '../accounts-context.ts';
import { confirmIdentity } from '../confirm-identity.ts';
import type { Actor } from '../../platform/db/actors.ts';
import { ok, type Result } from '../../platform/http/result.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import * as store from './store.ts';

/** Ten new codes, shown this once; the old ones no longer work. Asks for password and code. */
export async function remakeRecoveryCodes(
  context: AccountsContext,
  actor: Actor,
  given: { password: string; code: string },
  visit: Visit,
): Promise<Result<{ recoveryCodes: string[] }>> {
  const confirmed = await confirmIdentity(context, actor, { ...given, where: 'password' }, visit);
  if (!confirmed.ok) return confirmed;
  const codes = await newRecoveryCodes();
  await context.db.transaction().execute(async (trx) => {
    await store.replaceRecoveryCodes(trx, actor.personId, codes);
    await context.log(trx, {
      at: visit.at,
      actor,
      action: 'remakeRecoveryCodes',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      request: visit,
    });
  });
  return ok({ recoveryCodes: codes.map(({ text }) => text) });
}
