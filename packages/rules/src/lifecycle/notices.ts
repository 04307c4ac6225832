import type { State } from './states.ts';
import type { Action } from './steps.ts';

/** When something goes out by a channel: at once, gathered once a day, not at all. */
export type NoticeMode = 'once' | 'daily' | 'off';

export type NoticeKindDefinition = {
  label: string;
  help: string;
  /** Stays in the system whatever its reader chooses: who misses it loses a right or a deadline. */
  locked: boolean;
  mail: NoticeMode;
  sms: NoticeMode;
};

/** What people may choose channels for, with what holds until they do. */
export const NOTICE_KINDS = {
  deadline: { label: '截止提醒', help: '还没办完，时限快到了', locked: true, mail: 'once', sms: 'off' },
  returned: { label: '退回修改', help: '申报书被退回，要改好重交', locked: true, mail: 'once', sms: 'off' },
  declined: {
    label: '不予推荐或受理',
    help: '推荐部门不予推荐，或者科技厅不予受理',
    locked: true,
    mail: 'once',
    sms: 'off',
  },
  progress: { label: '办理进展', help: '提交、报送、推荐等每走一步', locked: false, mail: 'daily', sms: 'off' },
  toDo: { label: '待办事项', help: '有新的申报、单位注册或延期等您办理', locked: true, mail: 'daily', sms: 'off' },
  attachment: { label: '附件不能用', help: '收下的附件后来查出病毒或者损坏', locked: true, mail: 'once', sms: 'off' },
  extension: { label: '延期', help: '批准了与您有关的延期', locked: true, mail: 'once', sms: 'off' },
  opened: { label: '开始申报', help: '一个时间窗口开始了', locked: false, mail: 'daily', sms: 'off' },
  invitation: { label: '定向邀请', help: '单位受邀申报定向组织的方向', locked: true, mail: 'once', sms: 'off' },
  seal: { label: '办理电子印章', help: '截止前须办好电子印章', locked: true, mail: 'once', sms: 'off' },
  paper: {
    label: '纸质材料没有收下',
    help: '送来的纸质材料没有收，或者收下但登记为逾期',
    locked: true,
    mail: 'once',
    sms: 'off',
  },
  list: { label: '清单失效', help: '导出的清单因推荐变化而失效', locked: true, mail: 'once', sms: 'off' },
  quota: { label: '名额将满', help: '名额快用完或者已经用完', locked: false, mail: 'once', sms: 'off' },
  account: { label: '账号与单位注册', help: '账号发放、单位注册审核结果', locked: true, mail: 'once', sms: 'off' },
  sharing: { label: '一起填写', help: '别人请您一起填写，或者不再请您', locked: false, mail: 'once', sms: 'off' },
} as const satisfies Record<string, NoticeKindDefinition>;

export type NoticeKind = keyof typeof NOTICE_KINDS;
export const NOTICE_KIND_KEYS = Object.keys(NOTICE_KINDS) as NoticeKind[];
export const isNoticeKind = (text: string): text is NoticeKind => Object.hasOwn(NOTICE_KINDS, text);

/**
 * Who is told: those of a role within the scope that the event touches; `subject` is the person whom it is about, `concerned` whom an
 * extension reaches.
 */
export type Recipient =
  | 'applicant'
  | 'organisationAdministrator'
  | 'organisationReviewer'
  | 'organisationPeople'
  | 'recommendingDepartment'
  | 'programmeOfficer'
  | 'subject'
  | 'concerned';

export type NoticeRule = {
  action: string;
  /** What is refused is told only where it says so: the house itself found an attachment to be bad. */
  outcome?: 'refused';
  subjectKind?: string;
  /** Only where the event's detail has one of these as its `result`. */
  results?: readonly string[];
  kind: NoticeKind;
  to: readonly Recipient[];
};

/** Event → kind → who. Whoever did it is not told. An action may stand here more than once: each person is told by the first that fits. */
export const NOTICES = [
  { action: 'submit', kind: 'toDo', to: ['organisationAdministrator', 'organisationReviewer'] },
  { action: 'completeOrganisationCheck', kind: 'toDo', to: ['organisationAdministrator'] },
  { action: 'reopenOrganisationCheck', kind: 'toDo', to: ['organisationReviewer'] },
  { action: 'withdraw', kind: 'progress', to: ['organisationAdministrator', 'recommendingDepartment'] },
  { action: 'returnByOrganisation', kind: 'returned', to: ['applicant'] },
  { action: 'forward', kind: 'toDo', to: ['recommendingDepartment'] },
  { action: 'forward', kind: 'progress', to: ['applicant'] },
  { action: 'completeDepartmentReview', kind: 'toDo', to: ['recommendingDepartment'] },
  { action: 'reopenDepartmentReview', kind: 'toDo', to: ['recommendingDepartment'] },
  { action: 'returnByDepartment', kind: 'returned', to: ['applicant', 'organisationAdministrator'] },
  { action: 'declineRecommendation', kind: 'declined', to: ['applicant', 'organisationAdministrator'] },
  { action: 'recommend', kind: 'progress', to: ['applicant', 'organisationAdministrator'] },
  { action: 'withdrawRecommendation', kind: 'progress', to: ['applicant', 'organisationAdministrator'] },
  { action: 'deliver', subjectKind: 'application', kind: 'progress', to: ['applicant', 'organisationAdministrator'] },
  { action: 'deliver', subjectKind: 'recommendationList', kind: 'toDo', to: ['programmeOfficer'] },
  { action: 'admit', kind: 'progress', to: ['applicant', 'organisationAdministrator', 'recommendingDepartment'] },
  {
    action: 'refuseAdmission',
    kind: 'declined',
    to: ['applicant', 'organisationAdministrator', 'recommendingDepartment'],
  },
  { action: 'reconsiderAdmission', kind: 'progress', to: ['applicant', 'organisationAdministrator'] },
  {
    action: 'changeAfterAdmission',
    kind: 'progress',
    to: ['applicant', 'organisationAdministrator', 'recommendingDepartment'],
  },
  {
    action: 'receivePaper',
    results: ['refused', 'late'],
    kind: 'paper',
    to: ['applicant', 'organisationAdministrator', 'recommendingDepartment'],
  },
  { action: 'voidList', kind: 'list', to: ['recommendingDepartment'] },
  { action: 'attach', outcome: 'refused', kind: 'attachment', to: ['applicant', 'organisationAdministrator'] },
  { action: 'grantCoEditor', kind: 'sharing', to: ['subject'] },
  { action: 'endCoEditor', kind: 'sharing', to: ['subject'] },
  { action: 'registerOrganisation', kind: 'toDo', to: ['recommendingDepartment'] },
  { action: 'approveOrganisation', kind: 'account', to: ['organisationAdministrator'] },
  { action: 'rejectOrganisation', kind: 'account', to: ['organisationAdministrator'] },
  { action: 'addPerson', kind: 'account', to: ['subject'] },
  { action: 'inviteOrganisation', kind: 'invitation', to: ['organisationPeople'] },
  { action: 'proposeExtension', kind: 'toDo', to: ['programmeOfficer'] },
  { action: 'approveExtension', kind: 'extension', to: ['concerned'] },
  { action: 'declineExtension', kind: 'extension', to: ['subject'] },
  { action: 'adjustPlaces', kind: 'quota', to: ['recommendingDepartment'] },
] as const satisfies readonly NoticeRule[];

export type ToldAction = (typeof NOTICES)[number]['action'];

/** Who is reminded of which end while an application waits for them. */
export const REMINDERS = [
  { states: ['draft', 'returned_by_organisation', 'returned_by_department'], action: 'submit', to: 'applicant' },
  { states: ['with_organisation', 'checked_by_organisation'], action: 'forward', to: 'organisationAdministrator' },
  { states: ['with_department', 'reviewed_by_department'], action: 'recommend', to: 'recommendingDepartment' },
  { states: ['recommended'], action: 'deliver', to: 'recommendingDepartment' },
] as const satisfies readonly { states: readonly State[]; action: Action; to: Recipient }[];

/** Seven days, three, one, and two hours before an end; a window of a call may say otherwise. */
export const REMIND_HOURS_BEFORE: readonly number[] = [168, 72, 24, 2];
