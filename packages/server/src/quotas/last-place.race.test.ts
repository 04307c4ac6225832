import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneApplication } from '../testing/clone-application.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const PLACES = 3;
const PROJECTS = 200;

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  // The same call without rules, with a pool for all departments of a prefecture.
  const pool = {
    key: 'pool',
    title: '推荐名额',
    clauses: ['LN-3.2a'],
    per: 'department',
    countsAt: 'recommend',
    places: [{ kinds: ['*'], places: PLACES, sharedBy: 'prefectureOfDepartment' }],
    bonus: [],
  };
  await republish(server, roundId, { rules: [], quotas: [pool] });
});
afterAll(() => server.close());

/** 甲乙丙…: titles that nobody takes for the same project. */
const titleOf = (index: number) =>
  Array.from({ length: 12 }, (_, at) => String.fromCodePoint(0x4e00 + ((index * 131 + at * 977) % 20000))).join('');

test(
  'two departments of one city confirm two hundred projects at the same moment for three places: three get one',
  { timeout: 300_000 },
  async () => {
    const { house, context } = server;
    const first = await journey.fill('applicant', roundId, await exampleOf('university'));
    await journey.step('applicant', first, 'submit');
    await journey.answerAll('organisationAdministrator', first, 'organisation');
    await journey.step('organisationAdministrator', first, 'forward');
    await journey.answerAll('recommendingDepartment', first, 'department');
    const ids = [first];
    for (let index = 1; index < PROJECTS; index += 1) {
      const departmentId = index % 2 === 0 ? house.departmentId : house.otherDepartmentId;
      ids.push(await cloneApplication(server, first, { title: titleOf(index), departmentId }));
    }

    const answers = await Promise.all(
      ids.map((id, index) =>
        journey.step(index % 2 === 0 ? 'recommendingDepartment' : 'otherDepartment', id, 'recommend'),
      ),
    );
    const won = answers.filter(({ status }) => status === 200);
    const lost = answers.filter(({ status }) => status !== 200);
    expect(won).toHaveLength(PLACES);
    expect(lost).toHaveLength(PROJECTS - PLACES);
    for (const { status, body } of lost) {
      expect(status).toBe(409);
      expect(body.refusal).toMatchObject({
        code: 'quota_used_up',
        message: '“推荐名额”（沈阳市合用）共3项，已推荐3项，没有剩余。',
        remedy: '请先撤销一项推荐，再推荐本项。',
        clause: { id: 'LN-3.2a', at: expect.stringContaining('三2') },
      });
    }
    const states = await context.db.selectFrom('application').select('state').where('roundId', '=', roundId).execute();
    expect(states.filter(({ state }) => state === 'recommended')).toHaveLength(PLACES);
    const refusals = await context.db
      .selectFrom('event')
      .select('id')
      .where('action', '=', 'recommend')
      .where('outcome', '=', 'refused')
      .execute();
    expect(refusals).toHaveLength(PROJECTS - PLACES);

    // The second wall: whatever the code above would do, the database holds the number.
    const counter = context.db.updateTable('quotaCounter').set({ taken: PLACES + 1 });
    await expect(counter.execute()).rejects.toThrow('a_place_is_left');

    // A place that is given back goes to one of the departments that press for it at once.
    const held = ids[answers.findIndex(({ status }) => status === 200)] ?? '';
    const holder = ids.indexOf(held) % 2 === 0 ? 'recommendingDepartment' : 'otherDepartment';
    await journey.step(holder, held, 'withdrawRecommendation', { reason: '让出名额' });
    const waiting = ids.filter((_, index) => answers[index]?.status !== 200).slice(0, 10);
    const again = await Promise.all(
      waiting.map((id) =>
        journey.step(ids.indexOf(id) % 2 === 0 ? 'recommendingDepartment' : 'otherDepartment', id, 'recommend'),
      ),
    );
    expect(again.filter(({ status }) => status === 200)).toHaveLength(1);
    const { body } = await journey.get('otherDepartment', `/api/rounds/${roundId}/places`);
    expect(body.places).toMatchObject([{ holderName: '沈阳市合用', granted: 3, taken: 3, left: 0 }]);
  },
);
