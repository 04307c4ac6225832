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
