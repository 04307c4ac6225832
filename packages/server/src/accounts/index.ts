export { addPerson, grantRole, type NewPerson } from './add-person.ts';
export { loginTaken, normaliseLogin } from './login-name.ts';
export { findWeakness, hashPassword, temporaryPassword } from './password.ts';
export { isRole, roleLabel } from './roles.ts';
export {
  authorityExists,
  deleteSessionsOf,
  findAccount,
  findDepartmentByName,
  forgetOld,
  setDisabled,
  updatePassword,
  wordForDepartment,
} from './store.ts';
