export { addPerson, grantRole } from './add-person.ts';
export { findNameFault, normaliseName } from './login-name.ts';
export { type MadeLink, makeLink } from './links/make-link.ts';
export { hashPassword, temporaryPassword } from './password.ts';
export { conflictingRole, isRole, POWERFUL_ROLES, type PowerfulRole, roleLabel } from './roles.ts';
export {
  authorityExists,
  deleteSessionsOf,
  endDemonstrationSessions,
  findAccount,
  findDepartmentByName,
  forgetOld,
  insertGrant,
  rolesOf,
  setDisabled,
  wordForDepartment,
} from './store.ts';
export { deleteSecondFactor } from './second-factor/store.ts';
