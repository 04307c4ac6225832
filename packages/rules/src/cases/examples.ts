import type { CompiledCall } from '../call.ts';
import { readSubject } from '../form/read-subject.ts';
import type { Subject } from '../subject.ts';
import type { Outcome } from '../verdict.ts';
import { applyChanges } from './apply-changes.ts';

/** Parsed `examples/*.json` by name. */
export type Examples = Readonly<Record<string, unknown>>;

/** An example by name; without one the first by name. Throws when there is none, or when it does not fit the form. */
export function readExample(
  compiled: CompiledCall,
  examples: Examples,
  name = Object.keys(examples).sort()[0],
): Subject {
  if (name === undefined || !Object.hasOwn(examples, name)) throw new Error(`没有例子“${name ?? ''}”`);
  const { subject, problems } = readSubject(compiled, examples[name]);
  const [problem] = problems;
  if (problem) throw new Error(`例子“${name}”有误：${problem.path}：${problem.message}`);
  return subject;
}

export type RuleCase = { name: string; subject: Subject; readings: Record<string, string>; outcome: Outcome };

/** The cases beside a rule, each as the whole document it describes. Throws as `readExample` does. */
export function casesOfRule(compiled: CompiledCall, examples: Examples, rule: string): RuleCase[] {
  return compiled.cases.flatMap(({ name, example, readings = {}, set, expect }) => {
    if (expect.about !== 'rule' || expect.rule !== rule) return [];
    const subject = applyChanges(readExample(compiled, examples, example), set);
    return [{ name, subject, readings, outcome: expect.outcome }];
  });
}
