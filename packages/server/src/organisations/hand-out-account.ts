import { offerMembership, type Offered, startProfile } from '../people/index.ts';
import { addPerson, makeLink, type MadeLink, temporaryPassword } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

export type HandedOut = Offered | MadeAccount;
type MadeAccount = { id: string; login: string } & ({ temporaryPassword: string } | { link: MadeLink });

/** Whoever applies, and whoever reviews first what the administrator then forwards. */
export type HandedRole = 'applicant' | 'organisationReviewer';

/**
 * The administrator makes an account of the organisation. A link by which the person sets a password is shown this once; or a temporary password,
 * which has to be changed at the first sign-in. With an identity number that has an account already, that account is invited instead.
 */
export async function handOutAccount(
  { db, log }: Context,
  actor: Actor,
  organisationId: string,
  account: {
    login: string;
    name: string;
    idNumber?: string;
    by: 'link' | 'temporaryPassword';
    role: HandedRole;
    at: Date;
  },
): Promise<Result<HandedOut>> {
  const password = account.by === 'link' ? undefined : temporaryPassword();
  return transact<HandedOut>(db, async (trx) => {
    const organisation = await store.lockOrganisation(trx, organisationId);
    if (organisation?.state !== 'approved') {
      return refused(409, {
        code: 'not_approved',
        message: '单位注册还没有审核通过，不能发放申报人账号。',
        remedy: organisation?.state === 'rejected' ? '请按退回理由改正后重新注册。' : '请等待推荐部门审核。',
      });
    }
    const { idNumber, at } = account;
    const asked = { name: account.name.normalize('NFKC').trim(), organisationId, by: actor, at };
    const offered = idNumber ? await offerMembership(trx, log, { ...asked, idNumber }) : undefined;
    if (offered) return offered;
    const person = await addPerson(trx, log, {
      login: account.login,
      name: account.name,
      password,
      temporary: password !== undefined,
      grant: { role: account.role, authorityId: organisation.authorityId, organisationId },
      at: account.at,
      by: actor,
    });
    if (!person.ok) return person;
    const begun = idNumber ? await startProfile(trx, { personId: person.value, idNumber, at }) : undefined;
    if (begun?.ok === false) return begun;
    const made = await store.findApplicant(trx, organisationId, person.value);
    if (!made) throw new Error('the account just made is not there');
    const { id, login } = made;
    if (password !== undefined) return ok({ id, login, temporaryPassword: password });
    return ok({
      id,
      login,
      link: await makeLink(trx, log, { personId: id, purpose: 'invitation', by: actor, at: account.at }),
    });
  });
}
