import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate/evaluate.ts';
import { exampleSubject, FIXTURE, linkFixture } from '../testing/compiled-fixture.ts';
import type { Subject } from '../subject.ts';
import { closureBatch, OUTCOME_BYTES } from './batch.ts';
import { generatedBatch } from './generate.ts';

/** The example with some of its answers taken away or replaced by something else. */
const spoilt: fc.Arbitrary<Subject> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...FIXTURE.form.sections.flatMap(({ fields }) => fields.map(({ path }) => path))),
      fc.oneof(
        fc.constant(undefined),
        fc.constantFrom(
          'CN',
          'enterprise',
          'club',
          'b',
          '1969-12-31',
          '2034-01-01',
          30_000_001,
          0,
          true,
          false,
          'x',
          '9',
        ),
        fc.array(
          fc.record(
            { id: fc.string(), country: fc.constantFrom('CN', 'DE', 'JP'), principal: fc.boolean(), share: fc.nat() },
            { requiredKeys: [] },
          ),
          { maxLength: 3 },
        ),
        fc.jsonValue(),
      ),
    ),
    { maxLength: 6 },
  )
  .map((changes) => {
    const subject = JSON.parse(JSON.stringify(exampleSubject())) as Subject;
    for (const [path, value] of changes) {
      const [section = '', field = ''] = path.split('.');
      const target = subject.application[section];
      if (target) target[field] = value as never;
    }
    return subject;
  });

describe('judging many', () => {
  it('says in a byte what a verdict says in words, by closures and by generated code alike', () => {
    const linked = linkFixture();
    const [closures, generated] = [closureBatch(linked), generatedBatch(linked)];
    expect(generated.rules).toEqual(linked.rules.map(({ id }) => id));
    fc.assert(
      fc.property(spoilt, (subject) => {
        const [a, b] = [new Uint8Array(linked.rules.length), new Uint8Array(linked.rules.length)];
        closures.judge(subject, a);
        generated.judge(subject, b);
        const verdicts = new Map(evaluate(linked, subject).map(({ rule, outcome }) => [rule, outcome]));
        const said = linked.rules.map(({ id }) => verdicts.get(id));
        expect([...a].map((byte) => OUTCOME_BYTES[byte])).toEqual(said);
        expect([...b].map((byte) => OUTCOME_BYTES[byte])).toEqual(said);
      }),
      { numRuns: 300 },
    );
  });
});
