import type { Role } from '@keshen/rules';
import type { Actor } from '../platform/db/actors.ts';
import type { OrganisationRow, Reach } from './store.ts';

/** Which organisations somebody may see: those of the department, those of the authority, the own one. */
export function reachOf({ grants }: Actor): Reach {
  const ids = (roles: Role[], key: 'authorityId' | 'departmentId' | 'organisationId'): string[] =>
    grants.filter(({ role }) => roles.includes(role)).flatMap((grant) => grant[key] ?? []);
  return {
    authorityIds: ids(['programmeOfficer'], 'authorityId'),
    departmentIds: ids(['recommendingDepartment'], 'departmentId'),
    organisationIds: ids(['organisationAdministrator', 'applicant'], 'organisationId'),
  };
}

export const reaches = (reach: Reach, organisation: OrganisationRow): boolean =>
  reach.authorityIds.includes(organisation.authorityId) ||
  reach.departmentIds.includes(organisation.departmentId) ||
  reach.organisationIds.includes(organisation.id);
