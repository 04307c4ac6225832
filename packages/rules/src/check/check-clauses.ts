import type { BoundBy, Clause, CompiledCall } from '../call.ts';
import type { Compilation } from '../definition/compile/compilation.ts';
import type { Pack } from '../definition/compile/pack.ts';
import { suggest } from '../definition/problem.ts';
import { isMechanism, MECHANISMS } from '../lifecycle/mechanisms.ts';

/** What may bind a clause, by what a system owes it. */
const BINDERS: Record<Clause['how'], readonly BoundBy['by'][]> = {
  auto: ['rule', 'quota', 'window', 'material', 'topic', 'workflow'],
  attest: ['attestation', 'rule'],
  review: ['review', 'rule'],
  workflow: ['workflow', 'window', 'quota', 'rule', 'topic', 'material'],
  document: ['document', 'material', 'rule', 'attestation', 'field', 'workflow'],
  info: ['shown', 'topic', 'field', 'parameter', 'rule', 'review', 'document', 'material'],
};

const SAID: Record<BoundBy['by'], string> = {
  rule: '规则',
  quota: '名额',
  window: '时限',
  material: '材料',
  parameter: '参数',
  topic: '专题',
  field: '字段',
  attestation: '声明（attests）',
  review: '审查要点（by: review）',
  workflow: '机制（by: workflow）',
  document: '文书（by: document）',
  shown: '展示（by: shown）',
};

/** Every clause is bound to something, and to something that does what the clause is for. */
export function checkClauses(compilation: Compilation, pack: Pack, call: CompiledCall): void {
  for (const written of pack.clauses) {
    const clause = call.clauses.find(({ id }) => id === written.id);
    if (!clause) continue;
    const wanted = BINDERS[clause.how].map((by) => SAID[by]).join('、');
    if (clause.boundBy.length === 0) {
      compilation.report(written, 'id', `条款 ${clause.id} 没有着落`, `这类条款（${clause.how}）可由${wanted}落实`);
    } else if (!clause.boundBy.some(({ by }) => BINDERS[clause.how].includes(by))) {
      const has = [...new Set(clause.boundBy.map(({ by }) => SAID[by]))].join('、');
      compilation.report(written, 'how', `条款 ${clause.id} 是 ${clause.how}，却只有${has}`, `须由${wanted}落实`);
    }
    for (const bound of written.bound ?? []) {
      if (bound.mechanism !== undefined) checkMechanism(compilation, bound, bound.mechanism);
    }
  }
  for (const item of pack.cases) {
    if (item.mechanism !== undefined && !OTHER_PARTS.includes(item.mechanism)) {
      checkMechanism(compilation, item, item.mechanism);
    }
  }
}

/** Parts of the system that cases of a call may be shown by, beside the mechanisms. */
const OTHER_PARTS = ['quota', 'upload', 'document', 'print'];

function checkMechanism(compilation: Compilation, owner: object, mechanism: string): void {
  if (isMechanism(mechanism)) return;
  compilation.report(owner, 'mechanism', `系统没有“${mechanism}”这个机制`, suggest(mechanism, Object.keys(MECHANISMS)));
}
