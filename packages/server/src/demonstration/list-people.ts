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

const KINDS = [...OF_AN_AUTHORITY, ...OF_THE_HOUSE];

/** Grouped by authority, in the order in which an application passes through their hands. */
export async function listDemonstrationPeople({ db }: Pick<Context, 'db'>): Promise<DemonstrationPerson[]> {
  const people: DemonstrationPerson[] = [];
  const rows = await store.listPeople(db);
  const orderOf = (role: Role): number => KINDS.findIndex((kind) => kind.role === role);
  const authorities = [...new Set(rows.map(({ authorityId }) => authorityId))];
  const inOrder = authorities.flatMap((authorityId) =>
    rows.filter((row) => row.authorityId === authorityId).toSorted((a, b) => orderOf(a.role) - orderOf(b.role)),
  );
  for (const row of inOrder) {
    const of = row.organisationName ?? row.departmentName;
    people.push({
      login: row.login,
      password: DEMONSTRATION_PASSWORD,
      name: row.name,
      role: row.role,
      label: roleLabel(row.role, await wordForDepartment(db, row.authorityId)),
      what: KINDS.find(({ login }) => row.login === login || row.login.startsWith(`${login}-`))?.what ?? '',
      ...(row.authorityId && { authorityId: row.authorityId }),
      ...(row.authorityName && { authorityName: row.authorityName }),
      ...(of && { of }),
    });
  }
  return people;
}
