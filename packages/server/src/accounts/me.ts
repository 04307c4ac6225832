import type { Role } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/http/actor.ts';
import { roleLabel } from './roles.ts';
import { namesOfGrants, wordForDepartment } from './store.ts';

export type Me = {
  person: {
    id: string;
    name: string;
    login: string;
    mustChangePassword: boolean;
    mustEnrolSecondFactor: boolean;
    demonstration: boolean;
  };
  grants: {
    role: Role;
    label: string;
    authorityId?: string;
    authorityName?: string;
    departmentId?: string;
    departmentName?: string;
    organisationId?: string;
    organisationName?: string;
    /** ISO: until when somebody deputises for the administrator. */
    deputyUntil?: string;
  }[];
  production: boolean;
};

/** Who somebody is and what for, with names for the screen. */
export async function me({ db, config }: Context, actor: Omit<Actor, 'grants'>, now: Date): Promise<Me> {
  const grants: Me['grants'] = [];
  for (const row of await namesOfGrants(db, actor.personId, now)) {
    grants.push({
      role: row.role,
      label: roleLabel(row.role, await wordForDepartment(db, row.authorityId)),
      ...(row.authorityId && { authorityId: row.authorityId }),
      ...(row.authorityName && { authorityName: row.authorityName }),
      ...(row.departmentId && { departmentId: row.departmentId }),
      ...(row.departmentName && { departmentName: row.departmentName }),
      ...(row.organisationId && { organisationId: row.organisationId }),
      ...(row.organisationName && { organisationName: row.organisationName }),
      ...(row.deputyUntil && { deputyUntil: row.deputyUntil.toISOString() }),
    });
  }
  const { personId: id, name, login, mustChangePassword, mustEnrolSecondFactor, demonstration } = actor;
  return {
    person: { id, name, login, mustChangePassword, mustEnrolSecondFactor, demonstration },
    grants,
    production: config.production,
  };
}
