import { deleteSessionsOf, hashPassword, setDisabled, temporaryPassword, updatePassword } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import type { Trx } from '../platform/db/schema.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

export type AccountChange = 'disable' | 'enable' | 'resetPassword';

/** The administrator closes, reopens or resets an applicant's account of the own organisation. What was filled in stays. */
export async function changeAccount(
  { db, log }: Context,
  actor: Actor,
  organisationId: string,
  change: { personId: string; what: AccountChange; at: Date },
): Promise<Result<{ temporaryPassword: string } | undefined>> {
  const { personId, what, at } = change;
  return transact(db, async (trx) => {
    const person = await store.findApplicant(trx, organisationId, personId);
    if (!person) return refused(404, { code: 'not_found', message: '本单位没有这个申报人账号。' });
    const value = await CHANGES[what](trx, personId, at);
    if (what !== 'enable') await deleteSessionsOf(trx, personId);
    await log(trx, {
      at,
      actor,
      role: 'organisationAdministrator',
      action: `${what}Account`,
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
    });
    return ok(value);
  });
}

const CHANGES: Record<
  AccountChange,
  (trx: Trx, personId: string, at: Date) => Promise<{ temporaryPassword: string } | undefined>
> = {
  disable: async (trx, personId, at) => {
    await setDisabled(trx, personId, at);
    return undefined;
  },
  enable: async (trx, personId) => {
    await setDisabled(trx, personId, null);
    return undefined;
  },
  resetPassword: async (trx, personId) => {
    const password = temporaryPassword();
    await updatePassword(trx, personId, await hashPassword(password), true);
    return { temporaryPassword: password };
  },
};
