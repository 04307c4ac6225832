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
  await withoutRules();
});
afterAll(() => server.close());

/** The same call without rules: what is left is what the system itself holds, and what the form asks. */
async function withoutRules(): Promise<void> {
  const { db } = server.context;
  const version = await db.selectFrom('callVersion').selectAll().executeTakeFirstOrThrow();
  const compiled = JSON.stringify({ ...version.compiled, rules: [] });
  const checksum = createHash('sha256').update(compiled).digest('hex');
  await db
    .insertInto('callVersion')
    .values({ ...version, checksum, compiled })
    .execute();
  await db.updateTable('round').set({ checksum }).where('id', '=', roundId).execute();
}

test('two organisations forward the same project to two departments at the same moment: one gets through (三1)', async () => {
  const example = await exampleOf('university');
  const pairs = [
    ['applicant', 'organisationAdministrator'],
    ['otherApplicant', 'otherOrganisationAdministrator'],
  ] as const;
  const ids: string[] = [];
  for (const [applicant, administrator] of pairs) {
    const id = await journey.fill(applicant, roundId, example);
    const submitted = await journey.step(applicant, id, 'submit');
    expect(submitted).toMatchObject({ status: 200 });
    await journey.answerAll(administrator, id, 'organisation');
    ids.push(id);
  }
  const answers = await Promise.all(
    pairs.map(([, administrator], index) => journey.step(administrator, ids[index] ?? '', 'forward')),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body.refusal).toMatchObject({ code: 'another_department', clause: { id: 'LN-3.1b' } });
  expect(refused?.body.refusal.message).toMatch(/已经“.+科学技术局”申报，申报编号2026-21-\d{6}/);
});
