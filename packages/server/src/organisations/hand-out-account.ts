import { addPerson, temporaryPassword } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

export type HandedOut = { id: string; login: string; temporaryPassword: string };

/** The administrator makes an applicant's account. The password is shown this once and has to be changed at the first sign-in. */
export async function handOutAccount(
  { db, log }: Context,
  actor: Actor,
  organisationId: string,
  account: { login: string; name: string; at: Date },
): Promise<Result<HandedOut>> {
  const password = temporaryPassword();
  return transact(db, async (trx) => {
    const organisation = await store.lockOrganisation(trx, organisationId);
    if (organisation?.state !== 'approved') {
      return refused(409, {
        code: 'not_approved',
        message: '单位注册还没有审核通过，不能发放申报人账号。',
        remedy: organisation?.state === 'rejected' ? '请按退回理由改正后重新注册。' : '请等待推荐部门审核。',
      });
    }
    if (!account.name.trim()) return refused(422, { code: 'invalid', message: '没有填写姓名。', where: 'name' });
    const person = await addPerson(trx, log, {
      login: account.login,
      name: account.name,
      password,
      temporary: true,
      grant: { role: 'applicant', authorityId: organisation.authorityId, organisationId },
      at: account.at,
      by: actor,
    });
    if (!person.ok) return person;
    const made = await store.findApplicant(trx, organisationId, person.value);
    if (!made) throw new Error('the account just made is not there');
    return ok({ id: made.id, login: made.login, temporaryPassword: password });
  });
}
