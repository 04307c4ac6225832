import { addPerson, type MadeLink, makeLink } from '../../accounts/index.ts';
import type { By } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/schema.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import type { OrganisationRow } from '../store.ts';
import { memberOf } from './store.ts';

/** Somebody of the organisation, or a new account. */
export type Newcomer = { personId: string } | { login: string; name: string };
export type WithLink = MadeLink;
type Found = { personId: string; name: string; login: string; link?: MadeLink };

type Asked = { organisation: OrganisationRow; who: Newcomer };

/** The person who is to act for the organisation; who has no account gets one, with a link to set the password by. */
export async function personFor(
  trx: Trx,
  log: Context['log'],
  by: By,
  { organisation, who }: Asked,
): Promise<Result<Found>> {
  if ('personId' in who) {
    const member = await memberOf(trx, organisation.id, who.personId);
    if (!member || member.disabledAt) {
      return refused(422, {
        code: 'not_a_member',
        message: '本单位没有这个人的有效账号。',
        where: 'personId',
        remedy: '请从本单位的账号里选，或者填姓名和登录名新开一个。',
      });
    }
    return ok({ personId: member.id, name: member.name, login: member.login });
  }
  const added = await addPerson(trx, log, {
    login: who.login,
    name: who.name,
    password: undefined,
    temporary: false,
    at: by.at,
    by: by.actor,
  });
  if (!added.ok) return added;
  const link = await makeLink(trx, log, { personId: added.value, purpose: 'invitation', by: by.actor, at: by.at });
  return ok({ personId: added.value, name: who.name.trim(), login: who.login.trim().toLowerCase(), link });
}
