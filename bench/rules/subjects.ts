import { join } from 'node:path';
import { linkCall, type LinkedCall, type Subject } from '@keshen/rules';
import { compileCall, examplesIn, subjectGenerator } from '@keshen/rules/definition';
import { readFolder, readForms } from '../../packages/server/src/calls/index.ts';
import { loadReference } from '../../packages/server/src/platform/reference/load-reference.ts';

export type Bench = {
  linked: LinkedCall;
  /** A generator that begins anew: the same applications each time. */
  generator: () => () => Subject;
};

const ROOT = join(import.meta.dirname, '../..');
const SEED = 433_426;

/** A call of calls/, linked for the day on which its generated applications are judged. */
export async function openBench(name: string): Promise<Bench> {
  const reference = await loadReference(join(ROOT, 'reference'));
  const files = await readFolder(join(ROOT, 'calls', name));
  const { compiled, problems } = compileCall(files, reference, await readForms(join(ROOT, 'reference')));
  if (!compiled) throw new Error(`${name}: ${problems.map(({ message }) => message).join('; ')}`);
  const options = { compiled, examples: examplesIn(files), reference, seed: SEED };
  const generator = (): (() => Subject) => subjectGenerator(options);
  return { linked: linkCall(compiled, { asOf: generator()().at.date, reference }), generator };
}
