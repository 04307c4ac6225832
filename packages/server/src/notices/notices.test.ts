import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import type { TestRole } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { passMarks, tellCauses } from './index.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let id: string;

beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  id = await journey.fill('applicant', roundId, await exampleOf('university'));
}, 60_000);
afterAll(() => server.close());

const tellAll = () => tellCauses(server.context, server.clock.now());
const step = (who: TestRole, action: string, body: object = {}) => {
  server.clock.advance(60_000);
  return journey.step(who, id, action, body);
};
const noticesOf = async (who: TestRole, query = '') => (await journey.get(who, `/api/notices${query}`)).body;
const titlesOf = async (who: TestRole): Promise<string[]> =>
  (await noticesOf(who)).items.map(({ title }: { title: string }) => title);

test('a submit is noted with the event, told to the administrator and not to the applicant who did it', async () => {
  expect((await journey.step('applicant', id, 'submit')).status).toBe(200);
  const noted = await server.context.db.selectFrom('noticeCause').selectAll().execute();
  expect(noted).toHaveLength(1);
  await tellAll();
  expect(await server.context.db.selectFrom('noticeCause').selectAll().execute()).toEqual([]);
  const { items, unread } = await noticesOf('organisationAdministrator');
  expect(unread).toBe(1);
  expect(items).toMatchObject([
    {
      kind: 'toDo',
      title: expect.stringMatching(/^有申报书提交单位审核：.+（2026-21-\d{6}）$/),
      link: `/app/organisation/applications/${id}`,
      toDo: '请审核后提交，或者写明理由退回。',
    },
  ]);
  const labels = items[0].facts.map(({ label }: { label: string }) => label);
  expect(labels).toEqual(['申报通知', '申报编号', '项目名称', '申报单位', '时间']);
  expect(await titlesOf('applicant')).toEqual([]);
  expect(await titlesOf('otherOrganisationAdministrator')).toEqual([]);
});

test('a refused step is logged and told nobody', async () => {
  expect((await journey.step('organisationAdministrator', id, 'returnByOrganisation')).status).toBe(422);
  expect(await server.context.db.selectFrom('noticeCause').selectAll().execute()).toEqual([]);
});

test('a return reaches the applicant with its reason, whose numbers of people are masked', async () => {
  const reason = '预算有误，请联系 13912345678 核对';
  expect((await journey.step('organisationAdministrator', id, 'returnByOrganisation', { reason })).status).toBe(200);
  await tellAll();
  const { items } = await noticesOf('applicant');
  expect(items[0]).toMatchObject({ kind: 'returned', kindLabel: '退回修改', link: `/app/applications/${id}` });
  expect(items[0].facts).toContainEqual({ label: '退回的理由', value: '预算有误，请联系 139****5678 核对' });
});

test('the whole way is told step by step, each to those whom it concerns', async () => {
  await step('applicant', 'submit');
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  await step('organisationAdministrator', 'forward');
  await tellAll();
  await journey.answerAll('recommendingDepartment', id, 'department');
  expect((await step('recommendingDepartment', 'recommend')).status).toBe(200);
  await tellAll();
  const said = (titles: string[]) => titles.map((title) => title.split('：')[0]);
  expect(said(await titlesOf('applicant'))).toEqual(['初审单位已确认推荐', '申报书已提交初审单位', '单位退回修改']);
  expect(said(await titlesOf('recommendingDepartment'))).toEqual(['申报书已提交初审单位']);
  expect(said(await titlesOf('otherDepartment'))).toEqual([]);
});

test('telling again, or by two servers at once, tells nobody twice', async () => {
  const before = await titlesOf('applicant');
  await Promise.all([tellAll(), tellAll()]);
  expect(await titlesOf('applicant')).toEqual(before);
});

test('each reads their own: marked as read once, all at once, filtered and searched', async () => {
  const { items, total } = await noticesOf('applicant', '?unread=true');
  expect(total).toBe(3);
  const read = (who: TestRole) => journey.call(who, 'POST', `/api/notices/${items[0].id}/read`);
  expect((await read('otherApplicant')).status).toBe(404);
  expect((await read('applicant')).body).toEqual({ unread: 2 });
  expect((await read('applicant')).body).toEqual({ unread: 2 });
  expect((await noticesOf('applicant', '?kind=returned')).total).toBe(1);
  expect((await noticesOf('applicant', `?q=${encodeURIComponent('预算有误')}`)).total).toBe(1);
  expect((await noticesOf('applicant', `?q=${encodeURIComponent('%')}`)).total).toBe(0);
  expect((await journey.call('applicant', 'POST', '/api/notices/read', {})).body).toEqual({ read: 2, unread: 0 });
  expect((await journey.get('applicant', '/api/notices/unread')).body).toEqual({ unread: 0 });
  expect((await server.visitor({ url: '/api/notices' })).statusCode).toBe(401);
});

test('what is gone when people would be told is told nobody, and an event that cannot be told holds up no other', async () => {
  const { db } = server.context;
  const other = await journey.create('applicant', roundId);
  await journey.call('applicant', 'POST', `/api/applications/${other.body.id}/steps/withdraw`, { reason: '误建' });
  const [cause] = await db.selectFrom('noticeCause').selectAll().execute();
  await db.deleteFrom('application').where('id', '=', other.body.id).execute();
  await tellAll();
  expect(cause).toBeDefined();
  expect(await db.selectFrom('noticeCause').selectAll().execute()).toEqual([]);
});

test('passing the marks writes reminders once, also when two servers pass them', async () => {
  server.clock.set('2025-11-25T18:00:00+08:00');
  const third = await journey.create('applicant', roundId);
  server.clock.set('2025-11-27T17:00:00+08:00');
  const now = server.clock.now();
  await Promise.all([passMarks(server.context, now), passMarks(server.context, now)]);
  await passMarks(server.context, server.clock.now());
  const { items } = await noticesOf('applicant', '?kind=deadline');
  expect(items).toMatchObject([
    { title: '提交还有24小时截止：“' + third.body.number + '”', link: `/app/applications/${third.body.id}` },
  ]);
});
