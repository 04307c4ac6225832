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
  oneDepartment: '同一项目没有经其他部门申报',
  checklistComplete: '审查要点逐项作出判断',
  quota: '按推荐或者提交计数的名额尚有剩余；用单独名额的，所依托的平台属于本单位、已认定、没有在研合作项目',
  reasonGiven: '写明理由',
  listCurrent: '清单导出后推荐项目没有变化',
  sealedListUploaded: '已上传盖章清单和推荐文件的扫描件',
} as const;
export type Check = keyof typeof CHECKS;

/** What a step leaves behind besides the new state. */
export const EFFECTS = {
  event: '记入日志',
  snapshot: '冻结内容与附件校验值，生成版本码',
  voidLists: '此前导出的清单失效',
  takePlace: '占用一个名额',
  freePlace: '退还名额',
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
    scope: 'own',
    checks: ['window'],
    effects: [],
  },
  {
    action: 'attach',
    label: '上传或删除附件',
    from: ['draft', 'returned_by_organisation', 'returned_by_department'],
    role: 'applicant',
    scope: 'own',
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
    from: ['draft', 'with_organisation', 'returned_by_organisation', 'with_department', 'returned_by_department'],
    to: 'withdrawn',
    role: 'applicant',
    scope: 'own',
    checks: ['window', 'reasonGiven'],
    effects: ['freePlace', 'event'],
  },
  {
    action: 'returnByOrganisation',
    label: '单位退回修改',
    from: ['with_organisation'],
    to: 'returned_by_organisation',
    role: 'organisationAdministrator',
    scope: 'organisation',
    checks: ['window', 'reasonGiven'],
    effects: ['event'],
  },
  {
    action: 'forward',
    label: '提交{recommendingDepartment}',
    from: ['with_organisation'],
    to: 'with_department',
    role: 'organisationAdministrator',
    scope: 'organisation',
    checks: ['window', 'topicOpen', 'checklistComplete', 'blockingRules', 'attachmentsStored', 'oneDepartment'],
    effects: ['event'],
  },
  {
    action: 'returnByDepartment',
    label: '{recommendingDepartment}退回修改',
    from: ['with_department'],
    to: 'returned_by_department',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'reasonGiven'],
    effects: ['markReturned', 'event'],
  },
  {
    action: 'declineRecommendation',
    label: '不予推荐',
    from: ['with_department'],
    to: 'not_recommended',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'reasonGiven'],
    effects: ['event'],
  },
  {
    action: 'recommend',
    label: '确认推荐',
    from: ['with_department'],
    to: 'recommended',
    role: 'recommendingDepartment',
    scope: 'department',
    checks: ['window', 'checklistComplete', 'blockingRules', 'oneDepartment', 'quota'],
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
    checks: ['window', 'listCurrent', 'sealedListUploaded'],
    effects: ['event'],
  },
] as const satisfies readonly Step[];

export type Action = (typeof STEPS)[number]['action'];

/** Reading is a right as well: in which states a role sees an application at all. */
export const READERS: readonly { role: Role; scope: Scope; states: readonly State[] | 'all' }[] = [
  { role: 'applicant', scope: 'own', states: 'all' },
  { role: 'organisationAdministrator', scope: 'organisation', states: 'all' },
  {
    role: 'recommendingDepartment',
    scope: 'department',
    states: ['with_department', 'returned_by_department', 'recommended', 'delivered', 'not_recommended'],
  },
  { role: 'programmeOfficer', scope: 'authority', states: ['delivered'] },
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
