import type { CompiledCall } from './call.ts';
import type { ReferenceData } from './reference.ts';
import { walk, type Expr } from './tree.ts';

/**
 * What the form needs of a call: no cases, quotas and departments; clauses with their place and the mechanisms and
 * declarations that bind them, without their wording; readings without their reasons. The whole call is the server's.
 */
export const callForBrowser = (call: CompiledCall): CompiledCall => ({
  ...call,
  cases: [],
  quotas: [],
  departments: [],
  readings: call.readings.map((reading) => ({ ...reading, point: '', why: '' })),
  clauses: call.clauses.map((clause) => ({
    ...clause,
    text: '',
    boundBy: clause.boundBy.filter(({ by }) => by === 'workflow' || by === 'attestation'),
  })),
});

/** The reference data that a call's form and rules use; holidays are the server's. */
export function referenceForBrowser(call: CompiledCall, reference: ReferenceData): ReferenceData {
  const groups = new Set<string>();
  walkCall(call, (node) => {
    const [, group] = node.op === 'call' && node.fn === 'in_group' ? node.args : [];
    if (group?.op === 'const') groups.add(String(group.value));
  });
  const pick = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => groups.has(key)));
  return {
    ...reference,
    groups: pick(reference.groups),
    ...(reference.groupNames && { groupNames: pick(reference.groupNames) }),
    holidays: {},
  };
}

function walkCall(call: CompiledCall, visit: (node: Expr) => void): void {
  const trees = [
    ...call.rules.flatMap((rule) => [
      rule.when,
      rule.require,
      rule.human?.when,
      rule.forEach?.when,
      ...rule.except.map((exception) => exception.when),
    ]),
    ...call.materials.flatMap((material) => [material.when, material.forEach?.when]),
  ];
  for (const tree of trees) if (tree) walk(tree, visit);
}
