import { ROLES, type Role, type Verdict, type Words } from '@keshen/rules';

/** How a finding stands to its reader. The order is the order of urgency. */
export type VerdictKind = 'defect' | 'against' | 'explain' | 'missing' | 'waiting' | 'person' | 'hint' | 'met' | 'void';

export function kindOf(verdict: Verdict): VerdictKind {
  if (verdict.defect) return 'defect';
  switch (verdict.outcome) {
    case 'not_applicable':
      return 'void';
    case 'pass':
      return 'met';
    case 'needs_human':
      return 'person';
    case 'unknown':
      if (verdict.severity === 'hint') return 'void';
      return verdict.rule.startsWith('form:required:') ? 'missing' : 'waiting';
    case 'fail':
      if (verdict.severity === 'hint') return 'hint';
      if (verdict.severity === 'soft') return verdict.explanation?.given === false ? 'explain' : 'person';
      // A paper that is not there yet is missing, not wrong.
      return verdict.rule.startsWith('material:') ? 'missing' : 'against';
  }
}

export const KIND_LABEL: Record<VerdictKind, string> = {
  defect: '规则出错',
  against: '不符合',
  explain: '需要说明',
  missing: '未填',
  waiting: '待判断',
  person: '需人工判断',
  hint: '提示',
  met: '符合',
  void: '不适用',
};

/** What keeps the application from being submitted. */
export const stands = (kind: VerdictKind): boolean =>
  kind === 'against' || kind === 'explain' || kind === 'missing' || kind === 'waiting' || kind === 'defect';

/** A role in the words of the call: 初审单位 for one, 归口管理部门 for another. */
export function roleName(role: string, words: Words | Record<string, string>): string {
  const label = Object.hasOwn(ROLES, role) ? ROLES[role as Role] : role;
  return label.replace(/\{(\w+)\}/g, (_, word: string) => (words as Record<string, string>)[word] ?? word);
}
