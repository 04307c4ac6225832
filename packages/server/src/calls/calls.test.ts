import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestRound, TEST_CALL, TEST_CALLS } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { loadLibrary, loadRound, openRehearsals, publishLibrary, windowVerdict } from './index.ts';
import { addApplication } from '../testing/applications.ts';

const IN_THE_WINDOW = '2026-03-10T10:00:00+08:00';
let server: TestServer;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW, env: { KESHEN_CALLS: TEST_CALLS } });
  roundId = await openTestRound(server, TEST_CALL);
});
afterAll(() => server.close());

const verdictAt = async (action: string, instant: string) => {
  const round = await loadRound(server.context, roundId);
  if (!round) throw new Error('no round');
  return windowVerdict(round, action, new Date(instant), {});
};

test.each([
  ['submit', '2026-03-02T08:59:59.999+08:00', false],
  ['submit', '2026-03-02T09:00:00.000+08:00', true],
  ['submit', '2026-03-31T17:00:00.000+08:00', true],
  ['submit', '2026-03-31T17:00:00.001+08:00', false],
  ['recommend', '2026-04-10T16:59:59.999+08:00', true],
  ['recommend', '2026-04-10T17:00:00.000+08:00', false],
  ['withdrawRecommendation', IN_THE_WINDOW, false],
])('%s at %s: %s', async (action, instant, open) => {
  expect((await verdictAt(action, instant)).ok).toBe(open);
});

test('a refusal tells the time of the end, when the request came, and the clause', async () => {
  const late = await verdictAt('submit', '2026-03-31T17:00:00.001+08:00');
  expect(late).toMatchObject({
    ok: false,
    status: 403,
    refusal: {
      code: 'window_closed',
      message: '网上填报已于2026年3月31日 17:00截止。依据《通知》一。您的请求于2026年3月31日 17:00:00.001收到。',
      clause: { id: 'T-1', at: '一' },
    },
  });
  const early = await verdictAt('submit', '2026-03-01T00:00:00+08:00');
  expect(early).toMatchObject({
    refusal: { code: 'window_not_open', message: expect.stringContaining('网上填报从2026年3月2日 09:00开始') },
  });
});

test('a switched reading takes the last moment in', async () => {
  const { db } = server.context;
  await db
    .updateTable('round')
    .set({ readings: JSON.stringify({ lastMoment: 'included' }) })
    .where('id', '=', roundId)
    .execute();
  expect((await verdictAt('recommend', '2026-04-10T17:00:00.000+08:00')).ok).toBe(true);
  expect((await verdictAt('recommend', '2026-04-10T17:00:00.001+08:00')).ok).toBe(false);
  await db.updateTable('round').set({ readings: '{}' }).where('id', '=', roundId).execute();
});

test('somebody of the authority sees its rounds with their windows; a visitor is asked to sign in', async () => {
  const { items } = (await server.as('applicant')({ url: '/api/rounds' })).json();
  expect(items).toMatchObject([
    {
      id: roundId,
      title: '2026年度示例省国际科技合作计划',
      mode: 'live',
      planYear: 2026,
      applicationsMine: 0,
      words: { recommendingDepartment: '归口部门' },
      windows: [
        { key: 'fill', clause: { id: 'T-1', at: '一' }, opens: '2026-03-02T09:00:00.000+08:00', state: 'open' },
        { key: 'recommend', closes: '2026-04-10T17:00:00.000+08:00', closesInclusive: false, state: 'open' },
      ],
    },
  ]);
  expect((await server.visitor({ url: '/api/rounds' })).statusCode).toBe(401);
  expect((await server.as('systemAdministrator')({ url: '/api/rounds' })).json().total).toBe(1);
});

test('the browser gets the definition once, without the cases', async () => {
  const url = `/api/rounds/${roundId}/definition`;
  const first = await server.as('applicant')({ url });
  expect(first.json()).toMatchObject({
    compiled: { key: TEST_CALL, cases: [] },
    shiftMs: 0,
    mode: 'live',
    readings: {},
  });
  expect(first.json().reference.countries.length).toBeGreaterThan(200);
  const etag = String(first.headers.etag);
  expect((await server.as('applicant')({ url, headers: { 'if-none-match': etag } })).statusCode).toBe(304);
});

test('the home page lists calls with the time that is left', async () => {
  const { body, headers } = await server.visitor({ url: '/' });
  expect(headers['content-type']).toContain('text/html');
  expect(body).toContain(`href="/calls/${roundId}"`);
  expect(body).toContain('进行中，还剩21天7小时');
  expect(body).not.toContain('演练');
});

test('the page of a call tells who, when, every clause with what happens to it, and whom to ask', async () => {
  const { body } = await server.visitor({ url: `/calls/${roundId}` });
  for (const text of [
    '<html lang="zh-CN">',
    '<main id="main"',
    '示科发〔2026〕1号',
    '2026年4月10日 17:00</time>（不含）',
    '申报单位是 &lt;在本省注册&gt; 的独立法人。',
    '归口部门审核',
    '单位审核',
    '承诺',
    '说明',
    '审核要点：合作方的技术创新能力是否强？',
    '每个不超过10 MB',
    '000-0000000',
    '通知第二部分',
  ]) {
    expect(body, text).toContain(text);
  }
  expect(body).not.toContain('<script');
  expect((await server.visitor({ url: '/calls/nothing' })).statusCode).toBe(404);
  expect((await server.visitor({ url: `/calls/${server.house.departmentId}` })).body).toContain('没有这份申报通知');
});

test('a rehearsal opens a minute ago, keeps its dates, says so, and runs on', async () => {
  const { context, clock } = server;
  clock.set('2026-11-20T15:00:00+08:00');
  const { calls } = await loadLibrary(context);
  await publishLibrary(context, calls);
  await openRehearsals(context, calls);
  const find = () =>
    context.db.selectFrom('round').selectAll().where('mode', '=', 'rehearsal').executeTakeFirstOrThrow();
  const { id, shiftMs } = await find();
  const loaded = await loadRound(context, id);
  expect(loaded?.noticeInstant(clock.now()).toISOString()).toBe('2026-03-02T01:01:00.000Z');
  expect(loaded?.asOf(clock.now())).toBe('2026-03-02');
  expect(loaded && windowVerdict(loaded, 'submit', clock.now(), {}).ok).toBe(true);

  const { body } = await server.visitor({ url: `/calls/${id}` });
  expect(body).toContain('这是演练，不是正式申报');
  expect(body).toContain('原定2026年3月31日 17:00截止');

  clock.advance(3600_000);
  await openRehearsals(context, calls);
  expect((await find()).shiftMs).toBe(shiftMs);
  clock.advance(40 * 86_400_000);
  await openRehearsals(context, calls);
  expect((await find()).shiftMs).not.toBe(shiftMs);
});

test('only the programme officer of the authority restarts and clears a rehearsal, and only with its title', async () => {
  const { context, house, clock } = server;
  await context.db.deleteFrom('round').where('mode', '=', 'rehearsal').execute();
  const rehearsal = await openTestRound(server, TEST_CALL, { mode: 'rehearsal' });
  const post = (role: 'programmeOfficer' | 'applicant', id: string, path: string, payload: object = {}) =>
    server.as(role)({ method: 'POST', url: `/api/rounds/${id}/rehearsal/${path}`, payload });

  expect((await post('applicant', rehearsal, 'restart')).statusCode).toBe(403);
  const restarted = await post('programmeOfficer', rehearsal, 'restart');
  expect(restarted.json().windows[0]).toMatchObject({ key: 'fill', state: 'open' });
  expect(Date.parse(restarted.json().windows[0].opens)).toBe(clock.now().getTime() - 60_000);

  await addApplication(server, rehearsal);
  await addApplication(server, roundId);
  const title = '2026年度示例省国际科技合作计划';
  expect((await post('programmeOfficer', rehearsal, 'clear', { confirm: '是' })).json().refusal).toMatchObject({
    where: 'confirm',
    remedy: expect.stringContaining(title),
  });
  expect((await post('programmeOfficer', roundId, 'clear', { confirm: title })).json().refusal.code).toBe(
    'not_a_rehearsal',
  );
  expect((await post('programmeOfficer', rehearsal, 'clear', { confirm: title })).json()).toEqual({
    applications: 1,
    lists: 1,
  });
  const left = await context.db.selectFrom('application').select('roundId').execute();
  expect(left).toEqual([{ roundId }]);

  await context.db
    .updateTable('round')
    .set({ authorityId: await otherAuthority() })
    .where('id', '=', rehearsal)
    .execute();
  expect((await post('programmeOfficer', rehearsal, 'restart')).statusCode).toBe(404);
  expect(house.authorityId).toBeTruthy();
});

async function otherAuthority(): Promise<string> {
  await server.context.db
    .insertInto('authority')
    .values({ id: 'other', name: '另一科技厅', division: '220000' })
    .execute();
  return 'other';
}
