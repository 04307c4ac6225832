/** Who acts. `{…}` is replaced by a word of the call. */
export const ROLES = {
  applicant: '申报人',
  organisationAdministrator: '单位管理员',
  organisationReviewer: '单位初核人',
  recommendingDepartment: '{recommendingDepartment}',
  programmeOfficer: '业务处室',
  serviceCentre: '服务中心',
  integrityOfficer: '科研诚信管理',
  systemAdministrator: '系统管理员',
  securityAdministrator: '安全管理员',
  auditAdministrator: '审计管理员',
} as const;

export type Role = keyof typeof ROLES;

/** Whose records a role reaches: its own, its organisation's, its department's, its authority's. */
export type Scope = 'own' | 'organisation' | 'department' | 'authority';
