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

/**
 * Whose records a role reaches: its own; its own and those it was asked to write as well; its organisation's, its department's, its
 * authority's; all of the installation's.
 */
export const SCOPES = {
  own: '本人的',
  shared: '本人的，以及本人受邀一起填写的',
  former: '本人名下的，包括在以前的单位填的',
  organisation: '本单位的',
  department: '归本部门的',
  authority: '本科技厅的',
  installation: '全系统的',
} as const;

export type Scope = keyof typeof SCOPES;
