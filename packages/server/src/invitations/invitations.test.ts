import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, journeyOf } from '../testing/journey.ts';
import { USCC } from '../testing/people.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const CALL = 'jiangsu-2026-international';
let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: '2026-05-11T10:00:00+08:00' });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, CALL);
  await republish(server, roundId, { rules: [] });
});
afterAll(() => server.close());

const create = (topic: string) =>
  journey.call('applicant', 'POST', '/api/applications', { roundId, topic, notClassified: true });
const invite = (body: object, who: 'programmeOfficer' | 'recommendingDepartment' = 'programmeOfficer') =>
  journey.call(who, 'POST', `/api/rounds/${roundId}/invitations`, { topic: 'bigScience', uscc: USCC, ...body });

test('who is not invited can neither create nor submit, and is told so with the clause (一 专题一方向1)', async () => {
  expect(await create('bigScience')).toMatchObject({
    status: 422,
    body: {
      refusal: { code: 'topic_not_open', message: expect.stringContaining('定向组织'), clause: { id: 'JS-1.1.1' } },
    },
  });
  const id = await journey.fill('applicant', roundId, await exampleOf('university-big-science', CALL));
  expect((await journey.step('applicant', id, 'submit')).body.refusal.code).toBe('topic_not_open');

  expect((await invite({})).status).toBe(204);
  expect((await create('bigScience')).status).toBe(201);
  expect((await create('platformOutbound')).status).toBe(422);
  expect((await journey.step('applicant', id, 'submit')).status).toBe(200);

  const gone = await journey.call(
    'programmeOfficer',
    'DELETE',
    `/api/rounds/${roundId}/invitations/bigScience/${USCC}`,
  );
  expect(gone.status).toBe(204);
  expect((await create('bigScience')).status).toBe(422);
});

test('only an officer invites, to a topic by invitation, by a right credit code; each change is logged', async () => {
  expect((await invite({}, 'recommendingDepartment')).status).toBe(404);
  expect((await invite({ topic: 'keyCountry' })).body.refusal.code).toBe('not_by_invitation');
  expect((await invite({ uscc: `${USCC.slice(0, 17)}A` })).body.refusal).toMatchObject({
    code: 'bad_credit_code',
    where: 'uscc',
  });
  const stranger = '12320000466007183X';
  expect((await invite({ uscc: stranger })).body.refusal.code).toBe('name_missing');
  expect((await invite({ uscc: stranger.toLowerCase(), name: '江苏省沿海作物研究所' })).status).toBe(204);
  expect((await invite({ uscc: stranger, name: '另写的名字' })).body.refusal.code).toBe('already_invited');
  const list = await journey.get('programmeOfficer', `/api/rounds/${roundId}/invitations`);
  expect(list.body.items).toMatchObject([{ topic: 'bigScience', uscc: stranger, name: '江苏省沿海作物研究所' }]);
  expect((await journey.get('applicant', `/api/rounds/${roundId}/invitations`)).status).toBe(404);
  const logged = await server.context.db
    .selectFrom('event')
    .select('action')
    .where('subjectId', '=', roundId)
    .where('outcome', '=', 'done')
    .where('action', 'in', ['inviteOrganisation', 'removeInvitation'])
    .orderBy('id')
    .execute();
  expect(logged.map(({ action }) => action)).toEqual(['inviteOrganisation', 'removeInvitation', 'inviteOrganisation']);
});
