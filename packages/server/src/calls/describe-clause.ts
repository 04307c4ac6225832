import type { Clause, Words } from '@keshen/rules';

/** How the system deals with a clause, as a reader of the notice is told. */
export type Handling = { label: string; tone: 'auto' | 'person' | 'attest' | 'plain' };

const AUTO: Handling = { label: '系统自动核对', tone: 'auto' };

/** What binds a clause, in the words of a reader: each kind once, in the order auto, paper, people, pledge, text. */
export function handlingOf(clause: Clause, words: Words): Handling[] {
  const found = new Map<string, Handling>();
  const add = (handling: Handling): void => void found.set(handling.label, handling);
  const has = (...kinds: Clause['boundBy'][number]['by'][]): boolean =>
    clause.boundBy.some(({ by }) => kinds.includes(by));

  if (clause.how === 'auto' || has('rule', 'window', 'quota')) add(AUTO);
  if (has('workflow')) add({ label: '系统流程保证', tone: 'auto' });
  if (has('material', 'document')) add({ label: '提交材料', tone: 'plain' });
  for (const bound of clause.boundBy) if (bound.by === 'review') add(reviewedBy(bound.role, words));
  if (has('attestation')) add({ label: '承诺', tone: 'attest' });
  if (found.size === 0 && has('field', 'parameter', 'topic')) add(AUTO);
  if (found.size === 0) add({ label: '说明', tone: 'plain' });
  return [...found.values()];
}

function reviewedBy(role: string, words: Words): Handling {
  const who: Record<string, string> = {
    organisationAdministrator: '单位',
    recommendingDepartment: words.recommendingDepartment,
    programmeOfficer: words.scienceDepartment ?? '科技厅',
    expert: '专家',
  };
  return { label: `${who[role] ?? '管理部门'}审核`, tone: 'person' };
}

/** The questions that a person answers for a clause, and the things handed in for it. */
export function particularsOf(clause: Clause): string[] {
  return clause.boundBy.flatMap((bound) => {
    if (bound.by === 'review') return [`审核要点：${bound.question}`];
    if (bound.by === 'material') return [`材料：${bound.title}`];
    return [];
  });
}

/** Clauses in groups by the part of the notice they stand in: 四（五） and 四（六） stand in part 四. */
export function byPart(clauses: readonly Clause[]): { part: string; clauses: Clause[] }[] {
  const parts = new Map<string, Clause[]>();
  for (const clause of clauses) {
    const part = /^[〇零一二三四五六七八九十]+/.exec(clause.at)?.[0] ?? '';
    parts.set(part, [...(parts.get(part) ?? []), clause]);
  }
  return [...parts].map(([part, grouped]) => ({ part, clauses: grouped }));
}
