import type { Role, Scope } from './roles.ts';
import type { State } from './states.ts';

/** What a step must get past. Each key is a function on the server; the table says which run at which step. */
export const CHECKS = {
  window: '在规定的时间内（以服务器收到请求的时刻为准，截止时刻含本数）',
  profileConfirmed: '单位已通过审核，本人账号有效',
  notClassified: '已确认不涉密',
  topicOpen: '所选方向本次受理，定向的须已受邀',
  blockingRules: '没有不符合的条款，应填的都已填写，需要说明的都已说明',
  attachmentsStored: '应交材料都已存妥并核对过校验值',
  oneDepartment: '同一项目没有经其他部门申报；通知限定一个部门的，同一单位的其他项目也没有',
  checklistComplete: '审查要点逐项作出判断',
  quota: '按推荐或者提交计数的名额尚有剩余；用单独名额的，所依托的平台属于本单位、已认定、没有在研合作项目',
  signOffInUse: '本单位、本部门设了复核签发',
  assignedReviewer: '指定了审核人的，由该人初核',
  signedOff: '设了复核签发的，先经初核，再由初核人以外的人签发',
  sealed: '通知要求电子印章的，印章都已盖在最近提交的这一版上，并且有效',
  reasonGiven: '写明理由',
  clauseNamed: '指明所依据的条款',
  changeAllowed: '通知允许受理后变更这一项，变更已由另一人提出',
  listCurrent: '清单导出后推荐项目没有变化',
  sealedListUploaded: '已上传盖章清单和推荐文件的扫描件',
  pledgeUploaded: '要求推荐部门签承诺书的，已上传签字盖章的扫描件',
} as const;
export type Check = keyof typeof CHECKS;

/** What a step leaves behind besides the new state. */
export const EFFECTS = {
  event: '记入日志',
  snapshot: '冻结内容与附件校验值，生成版本码',
  voidLists: '此前导出的清单失效',
  takePlace: '占用一个名额',
  freePlace: '退还名额',
  sendMarks: '把标出的各处连同意见交给申报人',
  applyChange: '改动锁定的一项并另存一版，旧版保留',
  voidSeals: '此前加盖的电子印章作废',
  markReturned: '记下退回的时刻，退回后能否改好重交按所取读法',
} as const;
export type Effect = keyof typeof EFFECTS;

export type Step = {
  action: string;
  label: string;
  from: readonly State[];
  to?: State;
  role: Role;
  scope: Scope;
  /** The action whose window counts where notices set no time for this one by itself. */
  timedAs?: 'forward' | 'recommend';
  checks: readonly Check[];
  effects: readonly Effect[];
};

/** The way of one application. `createApplication` has no `from`: it makes the first state. */
export const STEPS = [
  {
    action: 'createApplication',
    label: '新建申报',
    from: [],
    to: 'draft',
    role: 'applicant',
    scope: 'own',
    checks: ['window', 'profileConfirmed', 'notClassified'],
    effects: ['event'],
  },
  {
    action: 'saveSection',
    label: '保存',
    from: ['draft', 'returned_by_organisation', 'returned_by_department'],
    role: 'applicant',
    scope: 'shared',
    checks: ['window'],
    effects: [],
  },
  {
    action: 'attach',
    label: '上传或删除附件',
    from: ['draft', 'returned_by_organisation', 'returned_by_department'],
    role: 'applicant',
    scope: 'shared',
    checks: ['window'],
    effects: ['event'],
  },
  {
    action: 'submit',
    label: '提交单位审核',
    from: ['draft', 'returned_by_organisation', 'returned_by_department'],
    to: 'with_organisation',
    role: 'applicant',
    scope: 'own',
    checks: ['window', 'topicOpen', 'blockingRules', 'attachmentsStored', 'quota'],
    effects: ['snapshot', 'takePlace', 'event'],
  },
  {
    action: 'withdraw',
    label: '撤回',
    from: [
      'draft',
      'with_organisation',
      'checked_by_organisation',
      'returned_by_organisation',
      'with_department',
      'reviewed_by_department',
      'returned_by_department',
    ],
    to: 'withdrawn',
    role: 'applicant',
    scope: 'own',
    checks: ['window', 'reasonGiven'],
    effects: ['freePlace', 'voidSeals', 'event'],
  },
  {
    action: 'completeOrganisationCheck',
    label: '单位初核通过',
    from: ['with_organisation'],
    to: 'checked_by_organisation',
    role: 'organisationReviewer',
    scope: 'organisation',
    timedAs: 'forward',
    checks: ['window', 'signOffInUse', 'assignedReviewer', 'checklistComplete'],
    effects: ['event'],
  },
  {
    action: 'reopenOrganisationCheck',
    label: '退回单位初核',
    from: ['checked_by_organisation'],
    to: 'with_organisation',
    role: 'organisationAdministrator',
    scope: 'organisation',
    timedAs: 'forward',
    checks: ['window', 'reasonGiven'],
    effects: ['event'],
  },
  {
    action: 'returnByOrganisation',
    label: '单位退回修改',
    from: ['with_organisation', 'checked_by_organisation'],
    to: 'returned_by_organisation',
    role: 'organisationAdministrator',
    scope: 'organisation',
    checks: ['window', 'reasonGiven'],
    effects: ['sendMarks', 'voidSeals', 'event'],
  },
  {
    action: 'forward',
    label: '提交{recommendingDepartment}',
    from: ['with_organisation', 'checked_by_organisation'],
    to: 'with_department',
    role: 'organisationAdministrator',
    scope: 'organisation',
    checks: [
      'window',
      'signedOff',
      'topicOpen',
      'checklistComplete',
      'blockingRules',
      'attachmentsStored',
      'oneDepartment',
      'sealed',
    ],
    effects: ['event'],
  },
  {
    action: 'completeDepartmentReview',
    label: '{recommendingDepartment}初核通过',
    from: ['with_department'],
    to: 'reviewed_by_department',
    role: 'recommendingDepartment',
    scope: 'department',
    timedAs: 'recommend',
    checks: ['window', 'signOffInUse', 'assignedReviewer', 'checklistComplete', 'blockingRules'],
    effects: ['event'],
  },
  {
    action: 'reopenDepartmentReview',
    label: '退回{recommendingDepartment}初核',
    from: ['reviewed_by_department'],
    to: 'with_department',
    role: 'recommendingDepartment',
    scope: 'department',
    timedAs: 'recommend',
    checks: ['window', 'reasonGiven'],
    effects: ['event'],
  },
  {
    action: 'returnByDepartment',
    label: '{recommendingDepartment}退回修改',
    from: ['with_department', 'reviewed_by_department'],
    to: 'returned_by_department',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'reasonGiven'],
    effects: ['sendMarks', 'markReturned', 'voidSeals', 'event'],
  },
  {
    action: 'declineRecommendation',
    label: '不予推荐',
    from: ['with_department', 'reviewed_by_department'],
    to: 'not_recommended',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'signedOff', 'reasonGiven'],
    effects: ['event'],
  },
  {
    action: 'recommend',
    label: '确认推荐',
    from: ['with_department', 'reviewed_by_department'],
    to: 'recommended',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'signedOff', 'checklistComplete', 'blockingRules', 'oneDepartment', 'quota'],
    effects: ['takePlace', 'voidLists', 'event'],
  },
  {
    action: 'withdrawRecommendation',
    label: '撤销推荐',
    from: ['recommended'],
    to: 'with_department',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'reasonGiven'],
    effects: ['freePlace', 'voidLists', 'event'],
  },
  {
    action: 'deliver',
    label: '报送科技厅',
    from: ['recommended'],
    to: 'delivered',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'listCurrent', 'sealedListUploaded', 'pledgeUploaded'],
    effects: ['event'],
  },
  {
    action: 'admit',
    label: '受理',
    from: ['delivered'],
    to: 'admitted',
    role: 'programmeOfficer',
    scope: 'authority',
    checks: ['checklistComplete'],
    effects: ['event'],
  },
  {
    action: 'refuseAdmission',
    label: '不予受理',
    from: ['delivered'],
    to: 'not_admitted',
    role: 'programmeOfficer',
    scope: 'authority',
    checks: ['reasonGiven', 'clauseNamed'],
    effects: ['event'],
  },
  {
    action: 'reconsiderAdmission',
    label: '撤回受理结论',
    from: ['admitted', 'not_admitted'],
    to: 'delivered',
    role: 'programmeOfficer',
    scope: 'authority',
    checks: ['reasonGiven'],
    effects: ['event'],
  },
  {
    action: 'changeAfterAdmission',
    label: '批准受理后变更',
    from: ['admitted'],
    role: 'programmeOfficer',
    scope: 'authority',
    checks: ['reasonGiven', 'changeAllowed'],
    effects: ['applyChange', 'event'],
  },
] as const satisfies readonly Step[];

export type Action = (typeof STEPS)[number]['action'];

const AT_THE_SCIENCE_DEPARTMENT = ['delivered', 'admitted', 'not_admitted'] as const;

/** Reading is a right as well: in which states a role sees an application at all. */
export const READERS: readonly { role: Role; scope: Scope; states: readonly State[] | 'all' }[] = [
  { role: 'applicant', scope: 'shared', states: 'all' },
  { role: 'applicant', scope: 'former', states: 'all' },
  { role: 'organisationReviewer', scope: 'organisation', states: 'all' },
  { role: 'organisationAdministrator', scope: 'organisation', states: 'all' },
  {
    role: 'recommendingDepartment',
    scope: 'department',
    states: [
      'with_department',
      'reviewed_by_department',
      'returned_by_department',
      'recommended',
      ...AT_THE_SCIENCE_DEPARTMENT,
      'not_recommended',
    ],
  },
  { role: 'programmeOfficer', scope: 'authority', states: AT_THE_SCIENCE_DEPARTMENT },
  { role: 'integrityOfficer', scope: 'authority', states: AT_THE_SCIENCE_DEPARTMENT },
];

/** The step of an action; every action of the type is in the table. */
export function stepOf(action: Action): Step {
  const step = STEPS.find((candidate) => candidate.action === action);
  if (!step) throw new Error(`no step for action ${action}`);
  return step;
}

/** The steps a role could take from a state, before scope and checks are looked at. */
export const stepsFrom = (state: State, roles: readonly Role[]): Step[] =>
  (STEPS as readonly Step[]).filter((step) => step.from.includes(state) && roles.includes(step.role));

/** The action whose window counts for a step. */
export const timedAs = (action: Action): Action => stepOf(action).timedAs ?? action;
