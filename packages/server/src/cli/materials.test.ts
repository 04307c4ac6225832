import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { linkCall, requiredMaterials } from '@keshen/rules';
import { expect, test } from 'vitest';
import { openLibrary } from './open-call.ts';
import { readDocument } from './read-document.ts';

const { calls, reference } = await openLibrary();
const CALLS = new URL('../../../../calls/', import.meta.url).pathname;

test.each(calls.map((call) => [call.compiled.title, call] as const))(
  '%s: why a paper is asked for, or is not, is said in one short sentence of the call',
  async (_title, { compiled }) => {
    const examples = join(CALLS, compiled.key, 'examples');
    for (const file of await readdir(examples)) {
      const subject = await readDocument(compiled, join(examples, file), { at: undefined });
      const linked = linkCall(compiled, { asOf: subject.at.date, reference });
      for (const { title, why } of requiredMaterials(linked, subject)) {
        expect(why, `${file}: ${title}`).toMatch(/(要交|要签|都要有|不作要求)$/);
        expect(why.length, `${file}: ${title}: ${why}`).toBeLessThanOrEqual(50);
      }
    }
  },
);

test('辽宁 4.3：协议按一份理解时，另一份合作协议不在清单里；按两份理解时在', async () => {
  const call = calls.find(({ compiled }) => compiled.key.startsWith('liaoning'));
  if (!call) throw new Error('辽宁 is not in the library');
  const papers = (readings: Record<string, string>) =>
    linkCall(call.compiled, { asOf: '2026-05-18', reference, readings }).materials.map(({ key }) => key);
  expect(papers({})).not.toContain('cooperationAgreement');
  expect(papers({ agreementDocuments: 'two' })).toContain('cooperationAgreement');
});
