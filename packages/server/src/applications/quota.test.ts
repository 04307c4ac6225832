import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  await allowOnePlace();
});
afterAll(() => server.close());

/** The same call with one place for each department. */
async function allowOnePlace(): Promise<void> {
  const { db } = server.context;
  const version = await db.selectFrom('callVersion').selectAll().executeTakeFirstOrThrow();
  const quota = {
    key: 'places',
    title: '推荐名额',
    clauses: ['LN-3.2a'],
    per: 'department',
    countsAt: 'recommend',
    places: [{ kinds: ['*'], places: 1 }],
    bonus: [],
  };
  const compiled = JSON.stringify({ ...version.compiled, quotas: [quota] });
  const checksum = createHash('sha256').update(compiled).digest('hex');
  await db
    .insertInto('callVersion')
    .values({ ...version, checksum, compiled })
    .execute();
  await db.updateTable('round').set({ checksum }).where('id', '=', roundId).execute();
}

const atTheDepartment = async (name: string): Promise<string> => {
  const id = await journey.fill('applicant', roundId, await exampleOf(name));
  await journey.step('applicant', id, 'submit');
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  await journey.step('organisationAdministrator', id, 'forward');
  await journey.answerAll('recommendingDepartment', id, 'department');
  return id;
};

test('two departmental officers press at the same moment: the last place goes to one, and withdrawing frees it', async () => {
  const ids = [await atTheDepartment('university'), await atTheDepartment('enterprise')];
  const answers = await Promise.all(ids.map((id) => journey.step('recommendingDepartment', id, 'recommend')));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body.refusal).toMatchObject({
    code: 'quota_used_up',
    message: '“推荐名额”共1项，已推荐1项，没有剩余。',
    clause: { id: 'LN-3.2a' },
  });
  const overview = (await journey.get('recommendingDepartment', `/api/rounds/${roundId}/recommendations`)).body;
  expect(overview.quota).toEqual([{ title: '推荐名额', places: 1, taken: 1 }]);

  const [held = '', waiting = ''] = answers[0]?.status === 200 ? ids : ids.toReversed();
  await journey.step('recommendingDepartment', held, 'withdrawRecommendation', { reason: '让出名额' });
  expect((await journey.step('recommendingDepartment', waiting, 'recommend')).status).toBe(200);
});
