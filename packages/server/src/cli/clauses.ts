import type { BoundBy, Clause, CompiledCall } from '@keshen/rules';
import { readArguments } from './arguments.ts';
import { openCall, openLibrary } from './open-call.ts';

type ClauseRow = Clause & { call: string; cases: { name: string; edge?: string; about: string }[] };

/** Every clause, what binds it, and the cases that exercise it. Exit code 1 when a clause is bound to nothing. */
export async function run(args: string[]): Promise<number> {
  const { positional, flag } = readArguments(args, [], ['json']);
  const json = flag('json');
  const calls = positional[0] ? [(await openCall(positional[0])).call] : (await openLibrary()).calls;
  const rows = calls.flatMap(({ compiled }) => clauseRows(compiled));
  if (json) console.log(JSON.stringify(rows, undefined, 2));
  else for (const row of rows) console.log(asText(row));
  const unbound = rows.filter(({ boundBy }) => boundBy.length === 0);
  if (!json)
    console.log(
      `\n共 ${rows.length} 条，未落实 ${unbound.length} 条，事例 ${rows.flatMap((row) => row.cases).length} 个。`,
    );
  return unbound.length === 0 ? 0 : 1;
}

function clauseRows(call: CompiledCall): ClauseRow[] {
  const clausesOfRule = new Map(call.rules.map((rule) => [rule.id, rule.clauses]));
  return call.clauses.map((clause) => ({
    call: call.key,
    ...clause,
    cases: call.cases
      .filter(({ edge, clause: named, expect }) => {
        const own = edge?.split('#')[0] ?? named;
        if (own) return own === clause.id;
        return expect.about === 'rule' && clausesOfRule.get(expect.rule)?.includes(clause.id);
      })
      .map(({ name, edge, expect }) => ({ name, ...(edge && { edge }), about: expect.about })),
  }));
}

const BY: Record<BoundBy['by'], (bound: BoundBy) => string> = {
  rule: (bound) => `规则 ${keyOf(bound)}`,
  window: (bound) => `窗口 ${keyOf(bound)}`,
  quota: (bound) => `名额 ${keyOf(bound)}`,
  material: (bound) => `材料 ${keyOf(bound)}`,
  parameter: (bound) => `参数 ${keyOf(bound)}`,
  topic: (bound) => `方向 ${keyOf(bound)}`,
  field: (bound) => `填写项 ${keyOf(bound)}`,
  attestation: (bound) => `承诺 ${keyOf(bound)}`,
  review: (bound) => `审查 ${keyOf(bound)}`,
  workflow: (bound) => `流程 ${keyOf(bound)}`,
  document: (bound) => `文件 ${keyOf(bound)}`,
  shown: (bound) => `展示 ${keyOf(bound)}`,
};

function keyOf(bound: BoundBy): string {
  if ('key' in bound) return bound.key;
  if ('path' in bound) return bound.path;
  if ('question' in bound) return `${bound.role}：${bound.question}`;
  if ('mechanism' in bound) return bound.mechanism;
  return 'document' in bound ? bound.document : bound.where;
}

const asText = (row: ClauseRow): string =>
  `${row.id}（${row.at}）${row.text}\n    ${row.boundBy.map((bound) => BY[bound.by](bound)).join('；') || '未落实'}；事例 ${row.cases.length} 个`;
