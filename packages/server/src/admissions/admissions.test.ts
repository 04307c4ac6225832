import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound, republish } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let second: TestPerson;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  await republish(server, roundId, { rules: [] });
  const { authorityId } = server.house;
  second = await addPerson(server.context.db, 'officer2', '处室第二人', [{ role: 'programmeOfficer', authorityId }]);
});
afterAll(() => server.close());

async function delivered(): Promise<string> {
  const id = await journey.fill('applicant', roundId, await exampleOf('university'));
  await journey.step('applicant', id, 'submit');
  await server.context.db.updateTable('application').set({ state: 'delivered' }).where('id', '=', id).execute();
  return id;
}

const admitted = async (): Promise<string> => {
  const id = await delivered();
  await answerAll(id);
  expect((await journey.step('programmeOfficer', id, 'admit')).body).toMatchObject({ stateLabel: '已受理' });
  return id;
};

async function answerAll(id: string): Promise<void> {
  const at = `/api/applications/${id}/checklist/admission`;
  for (const { key } of (await journey.get('programmeOfficer', at)).body.items) {
    await journey.call('programmeOfficer', 'PUT', `${at}/${encodeURIComponent(key)}`, { answer: 'yes', note: '' });
  }
}

const lockedBy = (mechanism: string) => bind({ by: 'workflow', mechanism });

/** Binds the first clause of the call to something else than the notice does. */
async function bind(bound: object): Promise<void> {
  const { db } = server.context;
  const { compiled } = await db
    .selectFrom('round')
    .innerJoin('callVersion', 'callVersion.checksum', 'round.checksum')
    .select('compiled')
    .where('round.id', '=', roundId)
    .executeTakeFirstOrThrow();
  const clauses = (compiled['clauses'] as object[]).map((clause, index) =>
    index === 0 ? { ...clause, boundBy: [bound] } : clause,
  );
  await republish(server, roundId, { clauses });
}

test('not admitted: for a reason and by clauses of the notice, which the applicant sees; the officer may take it back', async () => {
  const { step, get } = journey;
  const id = await delivered();
  expect(await step('programmeOfficer', id, 'refuseAdmission', { reason: '缺合作协议' })).toMatchObject({
    status: 422,
    body: { refusal: { code: 'clause_missing', where: 'clauses' } },
  });
  const because = { reason: '缺合作协议', clauses: ['LN-2.1a'] };
  const unknown = await step('programmeOfficer', id, 'refuseAdmission', { ...because, clauses: ['XX'] });
  expect(unknown).toMatchObject({ status: 422 });
  const { clauses } = (await get('applicant', `/api/rounds/${roundId}/definition`)).body.compiled;
  const clause = clauses[3];
  const refused = await step('programmeOfficer', id, 'refuseAdmission', { ...because, clauses: [clause.id] });
  expect(refused.body).toMatchObject({ state: 'not_admitted', stateLabel: '不予受理' });
  expect((await get('applicant', `/api/applications/${id}`)).body.admission).toMatchObject({
    admitted: false,
    reason: '缺合作协议',
    clauses: [{ id: clause.id, at: clause.at, text: expect.stringMatching(/./) }],
  });
  expect((await step('recommendingDepartment', id, 'reconsiderAdmission', { reason: '申诉' })).status).toBe(403);
  const back = await step('programmeOfficer', id, 'reconsiderAdmission', { reason: '申诉成立，协议在附件三' });
  expect(back.body.state).toBe('delivered');
});

test('admitted only when the formal review is judged item by item', async () => {
  await bind({ by: 'review', role: 'programmeOfficer', question: '申报材料是否齐全？' });
  const id = await delivered();
  const { items } = (await journey.get('programmeOfficer', `/api/applications/${id}/checklist/admission`)).body;
  expect(items.length).toBeGreaterThan(0);
  expect(await journey.step('programmeOfficer', id, 'admit')).toMatchObject({
    status: 422,
    body: { refusal: { code: 'checklist_open' } },
  });
  await answerAll(id);
  expect((await journey.step('programmeOfficer', id, 'admit')).status).toBe(200);
});

test('after the admission title and leader change with two officers’ consent and on record; the earlier version stays', async () => {
  await lockedBy('locked_after_admission_unless_approved');
  const id = await admitted();
  const url = `/api/applications/${id}/locked-changes`;
  const propose = (field: string, after: string) =>
    journey.call('programmeOfficer', 'POST', url, { field, after, reason: '原负责人调离' });
  expect((await journey.save('applicant', id, 'project', { revision: 1, data: {} })).status).toBe(409);
  const { members, locked } = (await journey.get('programmeOfficer', url)).body;
  expect(locked.map(({ clause }: { clause?: object }) => clause !== undefined)).toEqual([true, true, true]);
  expect(await propose('principalInvestigator', '张三丰')).toMatchObject({ status: 422 });
  expect((await propose('principalInvestigator', members[0])).status).toBe(204);
  expect(await propose('principalInvestigator', members[0])).toMatchObject({ status: 409 });

  const [change] = (await journey.get('programmeOfficer', url)).body.items;
  const decide = (who: TestPerson | 'programmeOfficer', decision: string, note = '') =>
    journey.call(who, 'POST', `/api/locked-changes/${change.id}/decision`, { decision, note });
  expect(await decide('programmeOfficer', 'approved')).toMatchObject({
    status: 403,
    body: { refusal: { code: 'same_person' } },
  });
  const before = (await journey.get(second, `/api/applications/${id}`)).body;
  expect((await decide(second, 'approved')).status).toBe(204);
  const after = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(after.sections.principalInvestigator.data.name).toBe(members[0]);
  expect(after.versionCode).not.toBe(before.versionCode);
  expect(after.snapshots).toHaveLength(2);
  expect((await journey.get(second, url)).body.items).toMatchObject([
    { decision: 'approved', decidedByName: '处室第二人', before: expect.any(String), after: members[0] },
  ]);
});

test('where the call allows no exception, organisation and leader stay locked and the clause is named', async () => {
  await lockedBy('locked_after_admission');
  const id = await admitted();
  const url = `/api/applications/${id}/locked-changes`;
  for (const field of ['organisation', 'principalInvestigator']) {
    const refused = await journey.call('programmeOfficer', 'POST', url, { field, after: '某某', reason: '想改' });
    expect(refused).toMatchObject({
      status: 403,
      body: { refusal: { code: 'locked_after_admission', clause: { id: expect.stringMatching(/^LN-/) } } },
    });
  }
});
