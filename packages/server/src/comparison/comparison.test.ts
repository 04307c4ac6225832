import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyPdf } from '../testing/pdf.ts';
import {
  bringRegistersUpToDate,
  type Example,
  exampleOf,
  IN_THE_WINDOW,
  JOURNEY_CALL,
  journeyOf,
} from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import type { Comparison } from './compare-versions.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let id: string;
let example: Example;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  example = await exampleOf('several-partners');
  id = await journey.fill('applicant', await openTestRound(server, JOURNEY_CALL), example);
});
afterAll(() => server.close());

type Who = Parameters<typeof journey.get>[0];
const compare = async (who: Who, query = ''): Promise<{ status: number; body: Comparison }> =>
  journey.get(who, `/api/applications/${id}/compare${query}`);
const edit = async (section: string, change: (data: Record<string, unknown>) => object) => {
  const { revision, data } = (await journey.get('applicant', `/api/applications/${id}`)).body.sections[section];
  const saved = await journey.save('applicant', id, section, { revision, data: { ...data, ...change(data) } });
  expect(saved.status).toBe(200);
};
const firstRow = (section: string): { id: string; name: string } => {
  const list = example.application[section]?.['list'];
  const [row] = Array.isArray(list) ? (list as { id: string; name: string }[]) : [];
  if (!row) throw new Error(`the example has no row in ${section}`);
  return row;
};
const later = () => server.clock.advance(60_000);
const submit = async () => {
  later();
  expect((await journey.step('applicant', id, 'submit')).status).toBe(200);
};

test('before the first submit there is one version, the present, and nothing differs from it', async () => {
  const { body } = await compare('applicant');
  expect(body.versions.map(({ version }) => version)).toEqual(['current']);
  expect(body).toMatchObject({ identical: true, sections: [], attachments: [] });
});

test('what the applicant changes after a return is shown entry by entry, to the applicant while it is written', async () => {
  await submit();
  later();
  await journey.step('organisationAdministrator', id, 'returnByOrganisation', { reason: '请核实关键词和合作单位' });
  later();
  await edit('project', () => ({ keywords: '改了的关键词' }));
  await edit('budget', ({ grant }) => ({ grant: Number(grant) - 1_000_000 }));
  await edit('text', ({ background }) => ({ background: `${String(background)}另补充一句。` }));
  await edit('principalInvestigator', () => ({ phone: '13900009999' }));
  await edit('members', ({ list }) => ({ list: (list as object[]).slice(1).toReversed() }));
  await edit('partners', ({ list }) => ({
    list: [
      ...(list as object[]).map((row, at) => (at === 0 ? { ...row, ipShare: '各归各方' } : row)),
      { id: 'extra', name: '新来的单位', side: 'domestic', grant: 0 },
    ],
  }));
  const { body } = await compare('applicant');
  expect([body.from.version, body.to.version]).toEqual(['1', 'current']);
  expect(body.returned).toMatchObject({ reason: '请核实关键词和合作单位' });
  const changes = new Map(body.sections.flatMap(({ changes }) => changes.map((change) => [change.path, change])));
  expect(changes.get('project.keywords')).toMatchObject({ label: '关键词', kind: 'changed', after: '改了的关键词' });
  expect(changes.get('budget.grant')?.after).toMatch(/万元$/);
  expect(changes.get('text.background')?.parts?.at(-1)).toEqual({ kind: 'added', text: '另补充一句。' });
  expect(changes.get('principalInvestigator.phone')?.after).toBe('139****9999');
  const first = firstRow('members');
  expect(changes.get(`members.list[${first.id}]`)).toMatchObject({ label: `成员“${first.name}”`, kind: 'removed' });
  expect(changes.get('members.list')).toMatchObject({ kind: 'moved' });
  const partner = firstRow('partners');
  expect(changes.get(`partners.list[${partner.id}].ipShare`)?.label).toBe(`合作单位“${partner.name}”的知识产权的归属`);
  expect(changes.get('partners.list[extra]')).toMatchObject({
    kind: 'added',
    cells: expect.arrayContaining([{ label: '分得的财政资金', value: '0万元' }]),
  });
  expect(JSON.stringify(body)).not.toContain('13900009999');
});

test('attachments are compared by their content and by the facts beside them', async () => {
  const { attachments } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  const [agreement] = attachments.filter(({ material }: { material: string }) => material === 'agreement');
  await journey.call('applicant', 'PATCH', `/api/attachments/${agreement.id}`, {
    facts: { ...agreement.facts, signedOn: '2025-10-01' },
  });
  const pledge = attachments.find(({ material }: { material: string }) => material === 'scienceDataPledge');
  await journey.call('applicant', 'DELETE', `/api/attachments/${pledge.id}`);
  await journey.upload('applicant', `/api/applications/${id}/materials/scienceDataPledge?name=new.pdf`, tinyPdf('new'));
  const { body } = await compare('applicant');
  expect(body.attachments).toEqual([
    expect.objectContaining({
      material: 'agreement',
      kind: 'facts',
      title: expect.stringContaining('合作单位“'),
      facts: [expect.objectContaining({ label: '签订日期', after: '2025年10月1日' })],
    }),
    expect.objectContaining({ material: 'scienceDataPledge', kind: 'replaced' }),
  ]);
  expect(body.attachments[1]?.after).toMatchObject({ fileName: 'new.pdf', pages: 1 });
});

test('a reviewer sees what changed since it was returned; a department only versions that reached it', async () => {
  await edit('partners', ({ list }) => ({ list: (list as { id: string }[]).filter((row) => row.id !== 'extra') }));
  await edit('members', () => ({ list: example.application['members']?.['list'] }));
  await edit('budget', () => example.application['budget'] ?? {});
  await submit();
  expect((await compare('recommendingDepartment')).status).toBe(404);
  const organisation = (await compare('organisationAdministrator')).body;
  expect([organisation.from.version, organisation.to.version]).toEqual(['1', '2']);
  expect(organisation.sections.map(({ key }) => key)).toEqual(['project', 'partners', 'principalInvestigator', 'text']);

  later();
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  expect((await journey.step('organisationAdministrator', id, 'forward')).status).toBe(200);
  const department = (await compare('recommendingDepartment')).body;
  expect(department.versions.map(({ version }) => version)).toEqual(['2']);
  expect(department.identical).toBe(true);
  expect((await compare('recommendingDepartment', '?from=1&to=2')).status).toBe(404);

  later();
  await journey.step('recommendingDepartment', id, 'returnByDepartment', { reason: '请补充' });
  later();
  await edit('project', () => ({ keywords: '再改的关键词' }));
  await submit();
  later();
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  expect((await journey.step('organisationAdministrator', id, 'forward')).status).toBe(200);
  const again = (await compare('recommendingDepartment')).body;
  expect([again.from.version, again.to.version, again.returned?.reason]).toEqual(['2', '3', '请补充']);
  expect(again.sections).toHaveLength(1);
  expect((await compare('applicant', '?from=3&to=1')).body.sections.length).toBeGreaterThan(1);
});

test('strangers learn nothing, unknown versions and bad queries are said', async () => {
  for (const who of ['otherDepartment', 'otherApplicant', 'programmeOfficer'] as const) {
    expect((await compare(who)).status, who).toBe(404);
  }
  const unknown = await compare('applicant', '?from=9');
  expect([unknown.status, (unknown.body as unknown as { refusal: { remedy: string } }).refusal.remedy]).toEqual([
    404,
    expect.stringContaining('第3版'),
  ]);
  expect((await compare('applicant', '?from=0')).status).toBe(400);
  expect((await compare('applicant', '?from=last')).status).toBe(400);
});
