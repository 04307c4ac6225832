import { ROLES, type Verdict } from '@keshen/rules';

/** How a finding stands to its reader. The order is the order of urgency. */
export type VerdictKind = 'defect' | 'against' | 'explain' | 'missing' | 'waiting' | 'person' | 'hint' | 'met' | 'void';

export function kindOf(verdict: Verdict): VerdictKind {
  if (verdict.defect) return 'defect';
  const { outcome, severity, rule, explanation } = verdict;
  if (outcome === 'not_applicable') return 'void';
  if (outcome === 'pass') return 'met';
  if (outcome === 'needs_human') return 'person';
  if (outcome === 'unknown') {
    if (severity === 'hint') return 'void';
    return rule.startsWith('form:required:') ? 'missing' : 'waiting';
  }
  if (severity === 'hint') return 'hint';
  if (severity === 'soft') return explanation?.given === false ? 'explain' : 'person';
  // A paper that is not there yet is missing, not wrong.
  return rule.startsWith('material:') ? 'missing' : 'against';
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

const ROLE_LABELS = new Map<string, string>([...Object.entries(ROLES), ['expert', '评审专家']]);

/** A role in the words of the call: 初审单位 for one, 归口管理部门 for another. */
export function roleName(role: string, words: Record<string, string>): string {
  const label = ROLE_LABELS.get(role) ?? role;
  return label.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? word);
}
