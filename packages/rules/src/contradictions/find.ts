import type { CompiledRule } from '../call.ts';
import { encodeRules } from './encode.ts';

/** What a solver must offer. `undefined` means it gave up within its time. */
export type Solver = {
  load(text: string): void;
  /** Checks with these named constants taken as true; on `unsat` the ones that are to blame. */
  check(names: readonly string[]): Promise<{ answer: 'sat' | 'unsat' | 'unknown'; core: string[] }>;
};

export type Contradiction =
  /** No applicant to whom the rule applies can meet it together with the others named. */
  | { kind: 'contradiction'; rule: string; with: string[] }
  /** Whoever meets the others named meets this one: it never decides anything by itself. */
  | { kind: 'implied'; rule: string; by: string[] }
  | { kind: 'undecided'; rule: string };

/** Looks at every rule that can refuse. Takes linked rules; the solver bounds its own time. */
export async function findContradictions(rules: readonly CompiledRule[], solver: Solver): Promise<Contradiction[]> {
  const { text, rules: ids } = encodeRules(rules);
  solver.load(text);
  const found: Contradiction[] = [];
  const named = (core: readonly string[], self: string): string[] =>
    [...new Set(core.map((name) => name.slice(2)))].filter((id) => id !== self).toSorted();
  for (const rule of ids) {
    const together = await solver.check([`w:${rule}`, ...ids.map((id) => `p:${id}`)]);
    if (together.answer === 'unknown') found.push({ kind: 'undecided', rule });
    if (together.answer === 'unsat') {
      found.push({ kind: 'contradiction', rule, with: named(together.core, rule) });
      continue;
    }
    const alone = await solver.check([`n:${rule}`, ...ids.filter((id) => id !== rule).map((id) => `p:${id}`)]);
    if (alone.answer === 'unsat') found.push({ kind: 'implied', rule, by: named(alone.core, rule) });
  }
  return found;
}
