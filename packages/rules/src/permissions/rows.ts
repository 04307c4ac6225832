import { ROLES, type Role, SCOPES, type Scope } from '../lifecycle/roles.ts';
import { STATES } from '../lifecycle/states.ts';
import { rightDefinition, RIGHT_KEYS, type Right } from './rights.ts';
import { type RightSubject, SUBJECTS } from './subjects.ts';

/** One row of the table as it is printed: a right, who has it, over what, in which states. */
export type PermissionRow = {
  right: Right;
  subject: RightSubject;
  label: string;
  role: Role | 'anybody' | 'signedIn';
  scope: Scope | 'public';
  states: readonly string[] | 'all';
  never: readonly Role[];
};

export const subjectOf = (right: Right): RightSubject => {
  const subject = right.split('.')[0];
  const found = (Object.keys(SUBJECTS) as RightSubject[]).find((one) => one === subject);
  if (!found) throw new Error(`right ${right} is about nothing known`);
  return found;
};

export const permissionRows = (): PermissionRow[] =>
  RIGHT_KEYS.flatMap((right): PermissionRow[] => {
    const { label, who, never = [] } = rightDefinition(right);
    const row = { right, subject: subjectOf(right), label, never };
    if (who === 'anybody') return [{ ...row, role: who, scope: 'public', states: 'all' }];
    if (who === 'signedIn') return [{ ...row, role: who, scope: 'own', states: 'all' }];
    return who.map((holder) => ({ ...row, ...holder }));
  });

const STATE_LABELS: Record<string, string> = {
  ...Object.fromEntries(Object.entries(STATES).map(([state, { label }]) => [state, label])),
  pending: '待审核',
  approved: '已批准',
  rejected: '已退回',
  live: '正式',
  rehearsal: '演练',
  proposed: '待批准',
  declined: '未批准',
  current: '有效',
  voided: '已失效',
};

/** A row in Chinese: 申报人, 本人的, 填写中、…; `words` are the call's. */
export function permissionInWords(
  { role, scope, states, label }: PermissionRow,
  words: Readonly<Record<string, string>> = { recommendingDepartment: '推荐部门' },
): { label: string; role: string; scope: string; states: string } {
  const say = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, word: string) => words[word] ?? word);
  return {
    label: say(label),
    role: role === 'anybody' ? '任何人' : role === 'signedIn' ? '登录的人' : say(ROLES[role]),
    scope: scope === 'public' ? '公开' : SCOPES[scope],
    states: states === 'all' ? '全部' : states.map((state) => say(STATE_LABELS[state] ?? state)).join('、'),
  };
}
