import type { Role } from '@keshen/rules';
import { roleLabel, wordForDepartment } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import { DEMONSTRATION_PASSWORD, OF_AN_AUTHORITY, OF_THE_HOUSE } from './people.ts';
import * as store from './store.ts';

export type DemonstrationPerson = {
  login: string;
  password: string;
  name: string;
  role: Role;
  label: string;
  what: string;
  authorityId?: string;
  authorityName?: string;
  /** The organisation or department that the person acts for. */
  of?: string;
};

export async function listDemonstrationPeople({ db }: Pick<Context, 'db'>): Promise<DemonstrationPerson[]> {
  const people: DemonstrationPerson[] = [];
  for (const row of await store.listPeople(db)) {
    const of = row.organisationName ?? row.departmentName;
    people.push({
      login: row.login,
      password: DEMONSTRATION_PASSWORD,
      name: row.name,
      role: row.role,
      label: roleLabel(row.role, await wordForDepartment(db, row.authorityId)),
      what: [...OF_AN_AUTHORITY, ...OF_THE_HOUSE].find(({ role }) => role === row.role)?.what ?? '',
      ...(row.authorityId && { authorityId: row.authorityId }),
      ...(row.authorityName && { authorityName: row.authorityName }),
      ...(of && { of }),
    });
  }
  return people;
}
