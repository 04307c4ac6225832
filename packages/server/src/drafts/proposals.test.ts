import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import type { Left } from './proposal.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let lastYear: string;
let thisYear: string;
beforeAll(async () => {
  server = await startTestServer({ at: '2025-10-10T10:00:00+08:00' });
  lastYear = await openTestRound(server, 'neimenggu-2026-cooperation');
  thisYear = await openTestRound(server, JOURNEY_CALL);
  journey = journeyOf(server);
});
afterAll(() => server.close());

const labels = (left: Left[]) => left.map(({ label }) => label);

test('what fits is copied from another call; period, declarations and options of the other call are not, and are named', async () => {
  const { create, get, fill } = journey;
  const example = await exampleOf('university');
  server.clock.set(IN_THE_WINDOW);
  const source = await fill('applicant', thisYear, { ...example, materials: {} });
  const { id } = (await create('applicant', thisYear)).body;
  const at = `/api/applications/${id}`;

  const sources = (await get('applicant', `${at}/copy-sources`)).body.items;
  expect(sources).toMatchObject([{ id: source, title: example.application['project']?.['title'] }]);
  const proposal = (await get('applicant', `${at}/proposals/copy?from=${source}`)).body;
  expect(proposal.sections.text).toEqual(example.application['text']);
  expect(proposal.sections.members).toEqual(example.application['members']);
  expect(proposal.sections.project).not.toHaveProperty('startDate');
  expect(proposal.sections.schedule.list[0]).not.toHaveProperty('from');
  expect(proposal.sections).not.toHaveProperty('pledges');
  expect(labels(proposal.left)).toEqual(expect.arrayContaining(['起始日期', '结束日期']));
  expect(proposal.left.find(({ label }: Left) => label === '起始日期')).toMatchObject({
    path: 'project.startDate',
    why: expect.stringContaining('实施期'),
  });
  expect(proposal.left.some(({ why }: Left) => why.includes('声明和承诺'))).toBe(true);
  // Nothing has been changed by looking.
  expect((await get('applicant', at)).body.sections).not.toHaveProperty('text');
});

test('a call with another form keeps its own fields: what it does not know is named in the words of the earlier form', async () => {
  const { create, get, save } = journey;
  server.clock.set('2025-10-10T10:00:00+08:00');
  const source = (await create('applicant', lastYear)).body.id;
  const definition = (await get('applicant', `/api/rounds/${lastYear}/definition`)).body.compiled;
  const known = new Set(
    (await get('applicant', `/api/rounds/${thisYear}/definition`)).body.compiled.form.sections.flatMap(
      ({ fields }: { fields: { path: string }[] }) => fields.map(({ path }) => path),
    ),
  );
  type Field = { key: string; path: string; type: string; label: string };
  type Section = { key: string; fields: Field[] };
  const own = definition.form.sections
    .flatMap(({ key, fields }: Section) => fields.map((field) => ({ section: key, ...field })))
    .find(({ path, type }: Field) => !known.has(path) && (type === 'text' || type === 'long_text'));
  expect(own).toBeDefined();
  await save('applicant', source, own.section, { revision: 0, data: { [own.key]: '只有那里才问' } });
  server.clock.set(IN_THE_WINDOW);
  const { id } = (await create('applicant', thisYear)).body;
  const { left } = (await get('applicant', `/api/applications/${id}/proposals/copy?from=${source}`)).body;
  expect(left.map(({ path }: Left) => path).some((path: string) => own.path.startsWith(path))).toBe(true);
});

test('the lead is proposed as registered, the principal investigator as entered last', async () => {
  const { create, get } = journey;
  const { id } = (await create('applicant', thisYear)).body;
  const { sections } = (await get('applicant', `/api/applications/${id}/proposals/profile`)).body;
  expect(sections.lead).toMatchObject({ name: '测试大学', kind: 'university' });
});

test('somebody else’s application is no source', async () => {
  const { create, get } = journey;
  const theirs = (await create('otherApplicant', thisYear)).body.id;
  const mine = (await create('applicant', thisYear)).body.id;
  expect((await get('applicant', `/api/applications/${mine}/proposals/copy?from=${theirs}`)).status).toBe(404);
  expect((await get('organisationAdministrator', `/api/applications/${mine}/copy-sources`)).status).toBe(403);
});

test('what is exported comes back whole, but for declarations and attachments; the export is logged', async () => {
  const { create, get, fill, call } = journey;
  const example = await exampleOf('university');
  const source = await fill('applicant', thisYear, example);
  const document = (await get('applicant', `/api/applications/${source}/export.json`)).body;
  expect(document.application).toEqual(example.application);
  expect(Object.keys(document)).toEqual(['application', 'materials', 'at']);
  const logged = await server.context.db
    .selectFrom('event')
    .select('action')
    .where('applicationId', '=', source)
    .where('action', '=', 'exportApplication')
    .execute();
  expect(logged).toHaveLength(1);

  const { id } = (await create('applicant', thisYear)).body;
  const dryRun = async (sent: unknown) =>
    call('applicant', 'POST', `/api/applications/${id}/proposals/import`, { document: sent });
  const { sections, left } = (await dryRun(document)).body;
  expect(sections.budget).toEqual(example.application['budget']);
  expect(sections.project).toEqual(example.application['project']);
  expect(left.every(({ why }: Left) => /声明和承诺|附件/.test(why))).toBe(true);
  expect(left.some(({ path }: Left) => path.startsWith('materials.'))).toBe(true);
});

test('a strange file is refused in words, a faulty one is taken as far as it goes', async () => {
  const { create, call } = journey;
  const { id } = (await create('applicant', thisYear)).body;
  const dryRun = async (document: unknown) =>
    call('applicant', 'POST', `/api/applications/${id}/proposals/import`, { document });
  for (const strange of [[], 'text', 7, null]) {
    const answer = await dryRun(strange);
    expect(answer).toMatchObject({ status: 422, body: { refusal: { code: 'not_an_application' } } });
    expect(answer.body.refusal.remedy).toContain('.json');
  }
  const faulty = {
    application: { project: { title: '甲', startDate: '2026-02-30', old: 1 }, budget: { total: '30万' } },
  };
  const { sections, left } = (await dryRun(faulty)).body;
  expect(sections).toEqual({ project: { title: '甲' } });
  expect(left.map(({ path, label }: Left) => `${path} ${label}`)).toEqual([
    'project.startDate 起始日期',
    'project.old project.old',
    'budget.total 项目总预算',
  ]);
});
