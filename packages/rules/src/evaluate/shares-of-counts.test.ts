import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closureBatch } from '../batch/batch.ts';
import { generatedBatch } from '../batch/generate.ts';
import { compileFixture, exampleSubject } from '../testing/compiled-fixture.ts';
import { FILES, REFERENCE } from '../testing/fixture-call.ts';
import { linkCall } from './link.ts';

/** More than half of the partners must be abroad. */
const RULE = `
- id: mostly-abroad
  clause: T-3
  title: 半数以上在境外
  require: partners.list.count(p, p.country != "CN") > 50% * size(partners.list)
`;
const compiled = compileFixture({ 'rules.yaml': `${FILES['rules.yaml']}${RULE}` });
const linked = linkCall(compiled, { asOf: '2030-02-01', reference: REFERENCE });

function outcome(countries: (string | undefined)[]): string[] {
  const subject = exampleSubject();
  const list = countries.map((country, at) => ({ id: `p${at}`, name: `单位${at}`, ...(country && { country }) }));
  subject.application['partners'] = { list };
  return [closureBatch(linked), generatedBatch(linked)].map((batch) => {
    const out = new Uint8Array(batch.rules.length);
    batch.judge(subject, out);
    return ['pass', 'fail', 'unknown'][out[batch.rules.indexOf('mostly-abroad')] ?? 9] ?? '';
  });
}

test.each([
  [['DE', 'DE', 'CN'], 'pass'],
  [['DE', 'CN'], 'fail'],
  [['DE', 'DE', undefined], 'pass'],
  [['CN', 'CN', undefined], 'fail'],
  [['DE', 'CN', undefined], 'unknown'],
])('a share of a count is decided as soon as the rows that are known decide it: %j', (countries, expected) => {
  expect(outcome(countries)).toEqual([expected, expected]);
});

/** Counts scaled on the left, on the right, on both, in sums and differences, with every operator. */
const SHARES = [
  'partners.list.count(p, p.country != "CN") >= 50% * size(partners.list)',
  '50% * size(partners.list) < partners.list.count(p, p.country != "CN")',
  '3 * partners.list.count(p, p.country == "DE") <= 2 * size(partners.list)',
  'partners.list.count(p, p.country == "CN") * 40% == size(partners.list) * 20%',
  'partners.list.count(p, p.country == "CN") + 1 > 30% * partners.list.count(p, p.principal)',
  'size(partners.list) - partners.list.count(p, p.principal) != 1',
  '2 * partners.list.count(p, p.country == "DE") - 1 >= partners.list.count(p, p.principal)',
];
const many = linkCall(
  compileFixture({
    'rules.yaml':
      FILES['rules.yaml'] +
      SHARES.map((text, at) => `\n- { id: share-${at}, clause: T-3, title: 比例${at}, require: '${text}' }`).join(''),
  }),
  { asOf: '2030-02-01', reference: REFERENCE },
);
const BATCHES = [closureBatch(many), generatedBatch(many)];

type Partner = { id: string; country?: string; principal?: boolean };
function outcomes(list: readonly Partner[]): number[][] {
  const subject = exampleSubject();
  subject.application['partners'] = { list: list.map((partner) => ({ ...partner })) };
  return BATCHES.map((batch) => {
    const out = new Uint8Array(batch.rules.length);
    batch.judge(subject, out);
    return SHARES.map((_text, at) => out[batch.rules.indexOf(`share-${at}`)] ?? -1);
  });
}

const UNKNOWN = 2;
const completions = (list: readonly Partner[]): Partner[][] =>
  list.reduce<Partner[][]>(
    (all, partner) =>
      all.flatMap((before) =>
        (partner.country ? [partner.country] : ['CN', 'DE']).flatMap((country) =>
          (partner.principal === undefined ? [true, false] : [partner.principal]).map((principal) => [
            ...before,
            { ...partner, country, principal },
          ]),
        ),
      ),
    [[]],
  );

test('partly known rows: closures and generated code say the same, and what is decided no answer can overturn', () => {
  const partner = fc.record({ country: fc.constantFrom('CN', 'DE'), principal: fc.boolean() }, { requiredKeys: [] });
  const partners = fc
    .array(partner, { maxLength: 4 })
    .map((list) => list.map((row, at): Partner => ({ id: `p${at}`, ...row })));
  fc.assert(
    fc.property(partners, (list) => {
      const [closures = [], generated = []] = outcomes(list);
      expect(closures).toEqual(generated);
      for (const whole of completions(list)) {
        const [known = []] = outcomes(whole);
        expect(known.filter((_outcome, at) => closures[at] !== UNKNOWN)).toEqual(
          closures.filter((outcome) => outcome !== UNKNOWN),
        );
      }
    }),
    { numRuns: 300 },
  );
});
