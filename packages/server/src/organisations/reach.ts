import { rightDefinition, type Scope } from '@keshen/rules';
import type { Actor } from '../platform/db/actors.ts';
import type { OrganisationRow, Reach } from './store.ts';

/** Which organisations somebody may see, or see the papers of: by the table, those of the department, of the authority, the own one. */
export function reachOf(
  { grants }: Pick<Actor, 'grants'>,
  right: 'organisation.read' | 'organisation.papers' = 'organisation.read',
): Reach {
  const { who } = rightDefinition(right);
  const holders = typeof who === 'string' ? [] : who;
  const ids = (wanted: Scope, key: 'authorityId' | 'departmentId' | 'organisationId'): string[] =>
    grants
      .filter((grant) => holders.some(({ role, scope }) => role === grant.role && scope === wanted))
      .flatMap((grant) => grant[key] ?? []);
  return {
    authorityIds: ids('authority', 'authorityId'),
    departmentIds: ids('department', 'departmentId'),
    organisationIds: ids('organisation', 'organisationId'),
  };
}

export const reaches = (reach: Reach, organisation: OrganisationRow): boolean =>
  reach.authorityIds.includes(organisation.authorityId) ||
  reach.departmentIds.includes(organisation.departmentId) ||
  reach.organisationIds.includes(organisation.id);
