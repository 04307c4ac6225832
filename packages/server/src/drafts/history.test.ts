import { afterAll, beforeAll, expect, test } from 'vitest';
import { IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  roundId = await openTestRound(server, JOURNEY_CALL);
  journey = journeyOf(server);
});
afterAll(() => server.close());

test('who worked on which section when, each sitting with the texts before and after it', async () => {
  const { create, get, save } = journey;
  server.clock.set(IN_THE_WINDOW);
  const { id } = (await create('applicant', roundId)).body;
  const at = `/api/applications/${id}`;
  const texts = ['甲', '甲乙', '甲乙丙'];
  for (const [revision, title] of texts.entries()) {
    server.clock.advance(60_000);
    await save('applicant', id, 'project', { revision, data: { title } });
  }
  server.clock.advance(3600_000);
  await save('applicant', id, 'project', { revision: 3, data: { title: '丁' } });

  const { items } = (await get('applicant', `${at}/sittings`)).body;
  expect(items.filter(({ section }: { section: string }) => section === 'project')).toMatchObject([
    { from: 3, revision: 4, saves: 1, savedByName: '申报人' },
    { from: 0, revision: 3, saves: 3, savedByName: '申报人' },
  ]);
  const before = (await get('applicant', `${at}/sections/project/revisions/3`)).body;
  expect(before).toMatchObject({ data: { title: '甲乙丙' }, savedByName: '申报人', problems: [] });
  expect((await get('applicant', `${at}/sections/project/revisions/0`)).body.data).toEqual({});
  expect((await get('applicant', `${at}/sections/project/revisions/9`)).body.refusal.code).toBe('no_such_revision');
});

test('a personal number comes back whole, though it lies sealed', async () => {
  const { create, get, save } = journey;
  const { id } = (await create('applicant', roundId)).body;
  const data = { name: '林示例', idType: 'residentId', idNumber: '210102198001010013' };
  const { revision } = (await save('applicant', id, 'principalInvestigator', { revision: 0, data })).body;
  const stored = await server.context.db
    .selectFrom('applicationSectionHistory')
    .select('data')
    .where('applicationId', '=', id)
    .where('section', '=', 'principalInvestigator')
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(stored.data)).not.toContain(data.idNumber);
  const read = await get('applicant', `/api/applications/${id}/sections/principalInvestigator/revisions/${revision}`);
  expect(read.body.data).toEqual(data);
});

test('what the form of today has no place for is named and left out', async () => {
  const { create, get, save } = journey;
  const { id } = (await create('applicant', roundId)).body;
  await save('applicant', id, 'project', { revision: 0, data: { title: '甲' } });
  await server.context.db
    .updateTable('applicationSectionHistory')
    .set({ data: JSON.stringify({ title: '甲', oldField: '旧' }) })
    .where('applicationId', '=', id)
    .where('section', '=', 'project')
    .execute();
  const { data, problems } = (await get('applicant', `/api/applications/${id}/sections/project/revisions/1`)).body;
  expect(data).toEqual({ title: '甲' });
  expect(problems).toEqual([{ path: 'project.oldField', message: '申报书里没有这一项' }]);
});

test('earlier texts are for those who write, not for those who review or live elsewhere', async () => {
  const { create, get } = journey;
  const { id } = (await create('applicant', roundId)).body;
  const at = `/api/applications/${id}/sittings`;
  expect((await get('otherApplicant', at)).status).toBe(404);
  expect((await get('organisationAdministrator', at)).status).toBe(403);
  expect((await get('recommendingDepartment', at)).status).toBe(404);
});
