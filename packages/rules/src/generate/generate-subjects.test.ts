import { describe, expect, test } from 'vitest';
import { closureBatch, OUTCOME_BYTES } from '../batch/batch.ts';
import { generatedBatch } from '../batch/generate.ts';
import { readSubject } from '../form/read-subject.ts';
import type { Subject } from '../subject.ts';
import { FIXTURE, linkFixture } from '../testing/compiled-fixture.ts';
import { EXAMPLE, REFERENCE } from '../testing/fixture-call.ts';
import { inBlocks, subjectGenerator } from './generate-subjects.ts';
import { seededRandom } from './random.ts';

const generator = (seed = 7): (() => Subject) =>
  subjectGenerator({ compiled: FIXTURE, examples: { base: EXAMPLE }, reference: REFERENCE, seed });

const some = (count: number, seed?: number): Subject[] => [...inBlocks(generator(seed), count, 100)].flat();

describe('generated applications', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(some(50)).toEqual(some(50));
    expect(some(50)).not.toEqual(some(50, 8));
  });

  test('come as many as were asked for, in blocks', () => {
    const sizes = [...inBlocks(generator(), 250, 100)].map((block) => block.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  test('can be read as documents of the call, entries at fault included', () => {
    for (const subject of some(500)) expect(readSubject(FIXTURE, subject).problems).toEqual([]);
  });

  test('bring about every outcome of every rule that its cases expect', () => {
    const linked = linkFixture();
    const batch = closureBatch(linked);
    const seen = new Set<string>();
    const out = new Uint8Array(batch.rules.length);
    for (const subject of some(5000)) {
      batch.judge(subject, out);
      for (const [at, rule] of batch.rules.entries()) seen.add(`${rule} ${OUTCOME_BYTES[out[at] ?? 5]}`);
    }
    const expected = FIXTURE.cases.flatMap(({ expect: { about, ...rest }, readings }) =>
      about === 'rule' && 'rule' in rest && !readings && batch.rules.includes(rest.rule)
        ? [`${rest.rule} ${rest.outcome}`]
        : [],
    );
    expect(expected.filter((outcome) => !seen.has(outcome))).toEqual([]);
  });

  test('are judged alike by closures and by generated code', () => {
    const linked = linkFixture();
    const [closures, generated] = [closureBatch(linked), generatedBatch(linked)];
    const [a, b] = [new Uint8Array(closures.rules.length), new Uint8Array(closures.rules.length)];
    for (const subject of some(2000)) {
      closures.judge(subject, a);
      generated.judge(subject, b);
      expect(b).toEqual(a);
    }
  });

  test('share nothing: changing one changes no other', () => {
    const [next, again] = [generator(), generator()];
    for (let count = 0; count < 100; count += 1) {
      const spoilt = next();
      const kept = again();
      expect(spoilt).toEqual(kept);
      for (const section of Object.values(spoilt.application)) for (const key of Object.keys(section)) section[key] = 0;
      spoilt.at.date = '';
    }
  });

  test('add up, mostly, after an amount was changed', () => {
    const off = some(4000).filter(({ application: { budget } }) => {
      const { total, grant, selfRaised } = budget ?? {};
      return Number(grant) + Number(selfRaised) !== Number(total);
    });
    expect(off.length).toBeGreaterThan(10);
    expect(off.length).toBeLessThan(1000);
  });

  test('need an example', () => {
    expect(() => subjectGenerator({ compiled: FIXTURE, examples: {}, reference: REFERENCE })).toThrow('没有例子');
  });
});

test('chance is evenly spread', () => {
  const random = seededRandom(1);
  const counts = [0, 0, 0, 0, 0];
  for (let throws = 0; throws < 10_000; throws += 1) {
    const side = random.below(5);
    counts[side] = (counts[side] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  expect(random.pick([])).toBeUndefined();
});
