import { ROLES, type Role } from '@keshen/rules';

const ADMINISTRATORS: readonly Role[] = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];

/** Roles that a second person has to agree to: who runs the house, who decides over other people's applications. */
export const POWERFUL_ROLES = [
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
  'programmeOfficer',
  'integrityOfficer',
  'serviceCentre',
  'recommendingDepartment',
] as const satisfies readonly Role[];
export type PowerfulRole = (typeof POWERFUL_ROLES)[number];

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);

/**
 * 三员分立: who runs the system, who grants rights and who reads the log are three people, and none of them applies, checks or decides. The
 * database holds the same rule (a unique index, a trigger). Returns the role that stands in the way.
 */
export const conflictingRole = (held: readonly Role[], wanted: Role): Role | undefined =>
  held.find((role) => role !== wanted && (ADMINISTRATORS.includes(role) || ADMINISTRATORS.includes(wanted)));

/** The role as this authority calls it. */
export const roleLabel = (role: Role, wordForDepartment = '推荐部门'): string =>
  ROLES[role].replace('{recommendingDepartment}', wordForDepartment);
