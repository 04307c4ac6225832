export { addPerson, grantRole } from './add-person.ts';
export { type MadeLink, makeLink } from './links/make-link.ts';
export { hashPassword, temporaryPassword } from './password.ts';
export { isRole, roleLabel } from './roles.ts';
export {
  authorityExists,
  deleteSessionsOf,
  endDemonstrationSessions,
  findAccount,
  findDepartmentByName,
  forgetOld,
  setDisabled,
  wordForDepartment,
} from './store.ts';
export { deleteSecondFactor } from './second-factor/store.ts';
