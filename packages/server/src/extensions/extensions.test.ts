import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { addPerson, AUTHORITY, type TestPerson } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let second: TestPerson;
let id: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  second = await addPerson(server.context.db, 'second', '第二位处室人员', [
    { role: 'programmeOfficer', authorityId: AUTHORITY },
  ]);
  id = await journey.fill('applicant', roundId, await exampleOf('university'));
  server.clock.set('2025-11-28T17:00:00.001+08:00');
}, 60_000);
afterAll(() => server.close());

const UNTIL = '2025-11-29T12:00:00+08:00';
const propose = (body: object, who: 'programmeOfficer' | 'recommendingDepartment' = 'programmeOfficer') =>
  journey.call(who, 'POST', `/api/rounds/${roundId}/extensions`, {
    stage: 'fill',
    until: UNTIL,
    for: { whom: 'all' },
    reason: '平台故障两小时',
    ...body,
  });
const decide = (who: 'programmeOfficer' | TestPerson, extension: string, decision: string, note = '') =>
  journey.call(who, 'POST', `/api/extensions/${extension}/decision`, { decision, note });
const may = async (action = 'submit') => (await journey.step('applicant', id, action)).status;
/** Proposed by the one, approved by the other, tried, and taken back again. */
async function withApproved(body: object, attempt: () => Promise<void>): Promise<void> {
  const { body: proposed } = await propose(body);
  expect((await decide(second, proposed.id, 'approved')).status).toBe(200);
  await attempt();
  await server.context.db.deleteFrom('extension').execute();
}

test('an extension is proposed by one officer and approved by another, each with a place in the log', async () => {
  expect((await propose({}, 'recommendingDepartment')).status).toBe(404);
  expect((await propose({ reason: ' ' })).body.refusal.code).toBe('reason_missing');
  expect((await propose({ until: '2025-11-28T16:00:00+08:00' })).body.refusal).toMatchObject({
    code: 'not_longer',
    where: 'until',
  });
  const { status, body } = await propose({});
  expect(status).toBe(201);
  expect(body).toMatchObject({ state: 'proposed', whom: '全部申报', stageLabel: '填写和提交', mayDecide: false });
  expect(await may()).toBe(403);
  expect((await decide('programmeOfficer', body.id, 'approved')).body.refusal.code).toBe('same_person');
  expect((await journey.get('applicant', `/api/rounds/${roundId}/extensions`)).body.items).toEqual([]);

  expect((await decide(second, body.id, 'approved')).body).toMatchObject({ state: 'approved' });
  expect((await decide(second, body.id, 'declined', '不必')).body.refusal.code).toBe('already_decided');
  expect((await journey.get('applicant', `/api/rounds/${roundId}/extensions`)).body.items).toMatchObject([
    { until: '2025-11-29T12:00:00.000+08:00', whom: '全部申报' },
  ]);
  const detail = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(detail.editing).toEqual({ open: true });
  // One stage at a time: creating stays closed, and so does the organisation's forwarding.
  expect((await journey.create('applicant', roundId)).status).toBe(403);
  const events = await server.context.db
    .selectFrom('event')
    .select(['action', 'outcome'])
    .where('subjectId', '=', roundId)
    .where('action', 'like', '%Extension')
    .orderBy('id')
    .execute();
  expect(events.slice(-2)).toEqual([
    { action: 'proposeExtension', outcome: 'done' },
    { action: 'approveExtension', outcome: 'done' },
  ]);
  await expect(
    server.context.db
      .updateTable('extension')
      .set((set) => ({ decidedBy: set.ref('proposedBy') }))
      .execute(),
  ).rejects.toThrow('decided_by_a_second_person');
  await server.context.db.deleteFrom('extension').execute();
});

test('for those who had begun, one department, one organisation, one application: each reaches just these', async () => {
  const { house } = server;
  const { number } = (await journey.get('applicant', `/api/applications/${id}`)).body;
  const editable = async () => (await journey.get('applicant', `/api/applications/${id}`)).body.editing.open;
  const cases: [object, boolean][] = [
    [{ whom: 'begun', begunBy: '2025-11-20T10:00:00+08:00' }, true],
    [{ whom: 'begun', begunBy: '2025-11-20T09:59:59+08:00' }, false],
    [{ whom: 'department', departmentId: house.departmentId }, true],
    [{ whom: 'department', departmentId: house.otherDepartmentId }, false],
    [{ whom: 'organisation', uscc: '91210100MA0YANL1XK' }, true],
    [{ whom: 'organisation', uscc: '12210200YANLJ00018' }, false],
    [{ whom: 'application', number }, true],
  ];
  for (const [whom, open] of cases) {
    await withApproved({ for: whom }, async () => expect(await editable(), JSON.stringify(whom)).toBe(open));
  }
  expect((await propose({ for: { whom: 'application', number: '2026-21-999999' } })).body.refusal).toMatchObject({
    code: 'nobody_there',
    where: 'number',
  });
});

test('the extended end counts itself, to the millisecond, and the refusal says that it had been extended', async () => {
  const { body } = await propose({ for: { whom: 'organisation', uscc: '91210100MA0YANL1XK' } });
  await decide(second, body.id, 'approved');
  server.clock.set('2025-11-29T12:00:00.001+08:00');
  expect((await journey.step('applicant', id, 'submit')).body.refusal).toMatchObject({
    code: 'window_closed',
    message: expect.stringContaining('网上填报已于2025年11月29日 12:00截止（已经延期）'),
  });

  // What was refused can be printed as proof, and anybody can check its code.
  const { items } = (await journey.get('applicant', `/api/applications/${id}/events`)).body;
  const { refusal } = items.findLast(({ outcome }: { outcome: string }) => outcome === 'refused');
  const url = `/api/applications/${id}/refusals/${refusal}/proof`;
  const proof = await server.as('applicant')({ url });
  expect(proof.headers['content-type']).toContain('text/html');
  expect(proof.body).toContain('2025年11月29日 12:00:00.001');
  expect((await server.as('otherApplicant')({ url })).statusCode).toBe(404);
  const code = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/.exec(proof.body)?.[0] ?? '';
  const checked = await server.visitor({ url: `/v?code=${code}` });
  expect(checked.body).toContain('日志里有这条记录');
  expect(checked.body).toContain('2025年11月29日 12:00:00.001');

  server.clock.set('2025-11-29T12:00:00.000+08:00');
  expect(await may()).toBe(200);
});
