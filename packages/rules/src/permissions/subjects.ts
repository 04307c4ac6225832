import { STATE_KEYS } from '../lifecycle/states.ts';

/** What rights are about, and the states in which such a thing can be where a right depends on them. */
export const SUBJECTS = {
  public: { label: '公开内容', states: [] },
  account: { label: '本人账号', states: [] },
  person: { label: '人员', states: [] },
  organisation: { label: '单位', states: ['pending', 'approved', 'rejected'] },
  round: { label: '申报通知', states: ['live', 'rehearsal'] },
  quota: { label: '名额', states: [] },
  extension: { label: '延期', states: ['proposed', 'approved', 'declined'] },
  invitation: { label: '定向邀请', states: [] },
  application: { label: '申报', states: STATE_KEYS },
  list: { label: '推荐清单', states: ['current', 'voided', 'delivered'] },
  pledge: { label: '推荐部门的承诺书', states: ['prepared', 'delivered'] },
  paper: { label: '纸质材料', states: [] },
  role: { label: '角色', states: ['proposed', 'approved', 'declined', 'withdrawn'] },
  house: { label: '系统运行', states: [] },
  log: { label: '日志', states: [] },
} as const satisfies Record<string, { label: string; states: readonly string[] }>;

export type RightSubject = keyof typeof SUBJECTS;
