import type { Role } from '@keshen/rules';
import type { Grant } from '../platform/db/actors.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, type Result, refused } from '../platform/http/result.ts';
import { findLoginFault, findNameFault, loginTaken, normaliseLogin, normaliseName } from './login-name.ts';
import { findWeakness, hashPassword, NO_PASSWORD } from './password.ts';
import { conflictingRole, roleLabel } from './roles.ts';
import { findAccount, insertAccount, insertGrant, rolesOf } from './store.ts';

export type NewPerson = {
  login: string;
  name: string;
  /** Undefined for an invitation: nobody can sign in before the link sets one. */
  password: string | undefined;
  /** The password was made by somebody else and must be changed at the first sign-in. */
  temporary: boolean;
  /** Absent for somebody whose role two others have yet to agree on: without one nothing can be done. */
  grant?: Grant;
  at: Date;
  /** Who hands the account out; absent for registration and the command line. */
  by?: { personId: string } | undefined;
  demonstration?: boolean;
  /** Where in the request the name, the login and the password stand, for the refusal. */
  where?: { name: string; login: string; password: string };
};

/** Makes a person with one role, within the caller's transaction. Answers with the person's id. */
export async function addPerson(trx: Trx, log: Context['log'], person: NewPerson): Promise<Result<string>> {
  const where = person.where ?? { name: 'name', login: 'login', password: 'password' };
  const login = normaliseLogin(person.login);
  const name = normaliseName(person.name);
  const fault = findLoginFault(login, where.login) ?? findNameFault(name, where.name);
  if (fault) return fault;
  const { password } = person;
  const chosen = password !== undefined && !person.demonstration && !person.temporary;
  const weakness = chosen ? findWeakness(password, login, where.password) : undefined;
  if (weakness) return weakness;
  const id = await insertAccount(trx, {
    login,
    name,
    passwordHash: password === undefined ? NO_PASSWORD : await hashPassword(password),
    mustChangePassword: person.temporary,
    demonstration: person.demonstration ?? false,
    createdAt: person.at,
  });
  if (!id) return loginTaken(login, where.login);
  if (person.grant)
    if (person.grant)
      await insertGrant(trx, id, person.grant, { grantedBy: person.by?.personId ?? null, grantedAt: person.at });
  await log(trx, {
    at: person.at,
    actor: person.by,
    action: 'addPerson',
    outcome: 'done',
    subjectKind: 'person',
    subjectId: id,
    detail: { login, ...(person.grant && { grant: { ...person.grant } }) },
  });
  return ok(id);
}

/** Gives a further role to somebody who has an account. */
export async function grantRole(
  trx: Trx,
  log: Context['log'],
  grant: { login: string; role: Role; at: Date },
): Promise<Result<string>> {
  const account = await findAccount(trx, normaliseLogin(grant.login));
  if (!account) return refused(404, { code: 'not_found', message: `没有登录名为“${grant.login}”的人。` });
  const conflict = conflictingRole(await rolesOf(trx, account.id), grant.role);
  if (conflict) {
    return refused(409, {
      code: 'three_administrators',
      message: `${account.name}已是${roleLabel(conflict)}，不能再任${roleLabel(grant.role)}：系统、安全、审计三员须由三人分任，也不兼其他角色。`,
      remedy: '请另选一人，或先撤销原来的角色。',
    });
  }
  await insertGrant(trx, account.id, { role: grant.role }, { grantedBy: null, grantedAt: grant.at });
  await log(trx, {
    at: grant.at,
    action: 'grantRole',
    outcome: 'done',
    subjectKind: 'person',
    subjectId: account.id,
    detail: { role: grant.role },
  });
  return ok(account.id);
}
