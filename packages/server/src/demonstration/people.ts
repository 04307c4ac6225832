import type { Role } from '@keshen/rules';

/**
 * Everybody knows it: it is printed at start and stands on the sign-in page. People who sign in with it exist in rehearsal only, and cannot
 * sign in when the system runs in production.
 */
export const DEMONSTRATION_PASSWORD = 'keshen-yanlian';

export type DemonstrationRole = {
  /** The first part of the login; the authority's short name follows. */
  login: string;
  role: Role;
  name: string;
  what: string;
};

/** For each authority one person a role; names are invented. */
export const OF_AN_AUTHORITY: readonly DemonstrationRole[] = [
  { login: 'shenbao', role: 'applicant', name: '林知远', what: '填写申报、上传附件、提交单位' },
  { login: 'danwei', role: 'organisationAdministrator', name: '苏明岚', what: '审核本单位的申报、发放申报人账号' },
  { login: 'chushen', role: 'recommendingDepartment', name: '郑一川', what: '审核单位注册、审核并推荐申报、导出清单' },
  { login: 'fuwu', role: 'serviceCentre', name: '秦望舒', what: '收纸质材料，扫码核对版本，开回执' },
  { login: 'keji', role: 'programmeOfficer', name: '许安和', what: '看报送情况、重开或清除演练' },
];

export const OF_THE_HOUSE: readonly DemonstrationRole[] = [
  { login: 'xitong', role: 'systemAdministrator', name: '贺同舟', what: '管理系统' },
  { login: 'anquan', role: 'securityAdministrator', name: '顾守正', what: '管人员与角色，提出授予重要角色' },
  { login: 'anquan2', role: 'securityAdministrator', name: '温以恒', what: '批准另一位安全管理员提出的角色' },
  { login: 'shenji', role: 'auditAdministrator', name: '陆清衡', what: '查看、导出、核对日志' },
];
