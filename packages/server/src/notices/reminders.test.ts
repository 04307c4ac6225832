import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { addPerson, AUTHORITY, type TestPerson, type TestRole } from '../testing/people.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { passMarks, tellCauses } from './index.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let second: TestPerson;
const HOUR_MS = 3600_000;

beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  journey = journeyOf(server);
  second = await addPerson(server.context.db, 'second', '第二位处室人员', [
    { role: 'programmeOfficer', authorityId: AUTHORITY },
  ]);
}, 60_000);
afterAll(() => server.close());
beforeEach(async () => {
  const { db } = server.context;
  await db.deleteFrom('notice').execute();
  await db.deleteFrom('noticeMark').execute();
  await db.deleteFrom('extension').execute();
  await db.deleteFrom('application').execute();
  await db.deleteFrom('round').execute();
  server.clock.set('2025-11-17T09:00:00+08:00');
  roundId = await openTestRound(server, JOURNEY_CALL);
});

/** Lets time go by in steps, as the job would run, on a new start of the server at each. */
async function until(end: string, stepMs = 2 * HOUR_MS): Promise<void> {
  while (server.clock.now() < new Date(end)) {
    await passMarks(server.context, server.clock.now());
    server.clock.advance(stepMs);
  }
  server.clock.set(end);
  await passMarks(server.context, server.clock.now());
}
const draft = async (): Promise<string> => (await journey.create('applicant', roundId)).body.id;
const put = (id: string, state: 'with_organisation' | 'with_department' | 'recommended' | 'withdrawn') =>
  server.context.db.updateTable('application').set({ state }).where('id', '=', id).execute();
const reminders = async (who: TestRole | TestPerson, kind = 'deadline') => {
  const { items } = (await journey.get(who, `/api/notices?kind=${kind}&pageSize=100`)).body;
  return items.toReversed() as { title: string; madeAt: string; link: string; facts: object[] }[];
};
const times = (found: { madeAt: string }[]): string[] => found.map(({ madeAt }) => madeAt.slice(0, 13));

test('over the whole window a draft is reminded of four times: seven days, three, one, and two hours before', async () => {
  await draft();
  await until('2025-11-29T00:00:00+08:00');
  const found = await reminders('applicant');
  // The window closes on 28 November at 17:00 in Beijing.
  expect(times(found)).toEqual(['2025-11-21T09', '2025-11-25T09', '2025-11-27T09', '2025-11-28T07']);
  expect(found.map(({ title }) => title.split('：')[0])).toEqual([
    '提交还有7天截止',
    '提交还有3天截止',
    '提交还有24小时截止',
    '提交还有2小时截止',
  ]);
  expect(found[0]?.facts).toContainEqual({ label: '截止时刻', value: '2025年11月28日 17:00' });
});

test('only those are reminded who can still do something, of the end of their own step', async () => {
  const [one, two, three, gone] = [await draft(), await draft(), await draft(), await draft()];
  await put(one, 'with_organisation');
  await put(two, 'with_department');
  await put(three, 'recommended');
  await put(gone, 'withdrawn');
  server.clock.set('2025-11-27T06:00:00+08:00');
  await until('2025-11-27T17:00:00+08:00');
  expect(await reminders('applicant')).toEqual([]);
  expect((await reminders('organisationAdministrator')).map(({ title }) => title.slice(0, 10))).toEqual([
    '审核报送还有24小时',
  ]);
  await until('2025-12-01T17:00:00+08:00');
  expect((await reminders('recommendingDepartment')).map(({ title }) => title.split('：')[0])).toEqual(
    expect.arrayContaining(['审核推荐还有24小时截止', '报送科技厅还有24小时截止']),
  );
  expect(await reminders('otherDepartment')).toEqual([]);
});

test('several that wait for one person are one notice, which leads to the list', async () => {
  for (const id of [await draft(), await draft(), await draft()]) await put(id, 'with_organisation');
  await until('2025-11-21T17:00:00+08:00');
  const [found] = await reminders('organisationAdministrator');
  expect(found?.title).toBe('审核报送还有7天截止：3份申报');
  expect(found?.link).toBe('/app/organisation/applications');
  expect(found?.facts).toHaveLength(5);
});

test('an extension moves the reminders: none for the old end, once more for the new one', async () => {
  await draft();
  await until('2025-11-27T11:00:00+08:00');
  const asked = { stage: 'fill', until: '2025-12-05T17:00:00+08:00', for: { whom: 'all' }, reason: '平台升级' };
  const { body } = await journey.call('programmeOfficer', 'POST', `/api/rounds/${roundId}/extensions`, asked);
  await journey.call(second, 'POST', `/api/extensions/${body.id}/decision`, { decision: 'approved', note: '' });
  await tellCauses(server.context, server.clock.now());
  expect((await reminders(second, 'toDo')).map(({ title }) => title)).toEqual([
    '有延期等您决定：填写和提交延到2025年12月5日 17:00',
  ]);
  expect((await reminders('applicant', 'extension')).map(({ title }) => title)).toEqual([
    '已延期：填写和提交延到2025年12月5日 17:00',
  ]);
  expect(await reminders('otherApplicant', 'extension')).toEqual([]);
  await until('2025-12-06T00:00:00+08:00');
  expect(times(await reminders('applicant'))).toEqual([
    '2025-11-21T09',
    '2025-11-25T09',
    '2025-11-28T09',
    '2025-12-02T09',
    '2025-12-04T09',
    '2025-12-05T07',
  ]);
});

test('after an outage only the latest is told, and not when it comes too late', async () => {
  await draft();
  server.clock.set('2025-11-27T20:00:00+08:00');
  await passMarks(server.context, server.clock.now());
  expect((await reminders('applicant')).map(({ title }) => title.split('：')[0])).toEqual(['提交还有21小时截止']);
  server.clock.set('2025-11-28T16:30:00+08:00');
  await passMarks(server.context, server.clock.now());
  expect(await reminders('applicant')).toHaveLength(1);
});

test('a call may say itself when it reminds, window by window', async () => {
  const { db } = server.context;
  const { compiled } = await db.selectFrom('callVersion').select('compiled').executeTakeFirstOrThrow();
  const windows = (compiled['windows'] as { key: string }[]).map((window) =>
    window.key === 'fill' ? { ...window, remindHoursBefore: [48] } : window,
  );
  await republish(server, roundId, { windows });
  await draft();
  await until('2025-11-29T00:00:00+08:00');
  expect(times(await reminders('applicant'))).toEqual(['2025-11-26T09']);
});

test('that a window has opened is told once to those who may begin, of their own authority', async () => {
  await Promise.all([1, 2, 3].map(() => passMarks(server.context, server.clock.now())));
  expect((await reminders('applicant', 'opened')).map(({ title }) => title)).toEqual([
    '网上填报已经开始：2026年度辽宁省国际科技合作计划',
  ]);
  expect(await reminders('recommendingDepartment', 'opened')).toEqual([]);
});

test('seven days before the end who needs an electronic seal is reminded to have it', async () => {
  await server.context.db.deleteFrom('round').execute();
  server.clock.set('2025-09-27T09:00:00+08:00');
  const sealed = await openTestRound(server, 'neimenggu-2026-cooperation', { mode: 'rehearsal' });
  const { house } = server;
  await server.context.db
    .insertInto('application')
    .values({
      number: 'YL2026-15-000001',
      roundId: sealed,
      filledUnder: (await server.context.db.selectFrom('round').select('checksum').executeTakeFirstOrThrow()).checksum,
      organisationId: house.organisationId,
      departmentId: house.departmentId,
      applicantId: house.people.applicant.id,
      state: 'with_organisation',
      createdAt: server.clock.now(),
      updatedAt: server.clock.now(),
    })
    .execute();
  server.clock.set('2025-11-07T16:00:00+08:00');
  await passMarks(server.context, server.clock.now());
  const found = await reminders('organisationAdministrator', 'seal');
  expect(found.map(({ title }) => title)).toEqual(['【演练】请办好电子印章，还有7天截止']);
  expect(await reminders('applicant', 'seal')).toEqual([]);
});
