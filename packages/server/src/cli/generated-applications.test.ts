import { join } from 'node:path';
import { closureBatch, evaluate, generatedBatch, linkCall, OUTCOME_BYTES } from '@keshen/rules';
import { examplesIn, inBlocks, subjectGenerator } from '@keshen/rules/definition';
import { expect, test } from 'vitest';
import { readFolder } from '../calls/index.ts';
import { readConfig } from '../platform/config.ts';
import { openLibrary } from './open-call.ts';

const { calls, reference } = await openLibrary();
const { callsDir } = readConfig(process.env);

test.each(calls.map(({ key, compiled }) => ({ key, compiled })))(
  'generated applications to $key are judged alike by generated code, by closures and with explanations',
  async ({ key, compiled }) => {
    const examples = examplesIn(await readFolder(join(callsDir, key)));
    const next = subjectGenerator({ compiled, examples, reference, seed: 11 });
    const linked = linkCall(compiled, { asOf: next().at.date, reference });
    const [closures, generated] = [closureBatch(linked), generatedBatch(linked)];
    const [a, b] = [new Uint8Array(closures.rules.length), new Uint8Array(closures.rules.length)];
    const seen = new Set<string>();
    for (const subject of [...inBlocks(next, 400)].flat()) {
      closures.judge(subject, a);
      generated.judge(subject, b);
      expect(b).toEqual(a);
      const explained = new Map(evaluate(linked, subject).map(({ rule, outcome }) => [rule, outcome]));
      const outcomes = [...a].map((byte) => OUTCOME_BYTES[byte]);
      expect(closures.rules.map((rule) => explained.get(rule))).toEqual(outcomes);
      for (const outcome of outcomes) seen.add(outcome ?? '');
    }
    expect([...seen].toSorted()).toEqual(['fail', 'needs_human', 'not_applicable', 'pass', 'unknown']);
  },
);
