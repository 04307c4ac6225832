import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let live: string;
let rehearsal: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  journey = journeyOf(server);
  live = await openTestRound(server, JOURNEY_CALL);
  rehearsal = await openTestRound(server, JOURNEY_CALL, { mode: 'rehearsal' });
});
afterAll(() => server.close());

const verdictsOf = async (id: string) =>
  (await journey.get('applicant', `/api/applications/${id}/findings`)).body.verdicts;

/** A second project of the same person: another title, everything else the same. */
const another = async (name: string) => {
  const { application, materials } = await exampleOf(name);
  return {
    application: { ...application, project: { ...application['project'], title: '完全不同的另一个课题' } },
    materials,
  };
};

test('a register that nobody brought up to date is unknown, and unknown does not submit', async () => {
  const id = await journey.fill('applicant', live, await exampleOf('enterprise'));
  const facts = (await journey.get('applicant', `/api/applications/${id}/facts`)).body;
  expect(facts).not.toHaveProperty('projects');
  const refused = await journey.step('applicant', id, 'submit');
  expect(refused).toMatchObject({ status: 422, body: { refusal: { code: 'incomplete' } } });
  await bringRegistersUpToDate(server);
  expect((await journey.step('applicant', id, 'submit')).status).toBe(200);
});

test('a second project of the same principal investigator is stopped, and the first one named as evidence (四（五）)', async () => {
  const first = (await journey.get('applicant', '/api/applications?q=YL&sort=number')).body;
  expect(first.total).toBe(0);
  const id = await journey.fill('applicant', live, await another('enterprise'));
  const { projects } = (await journey.get('applicant', `/api/applications/${id}/facts`)).body;
  expect(projects.map((row: { role: string }) => row.role)).toEqual(['principalInvestigator', 'member', 'member']);
  expect(projects[0]).toMatchObject({ state: 'submitted', thisCall: true, orgRole: 'lead' });
  expect(projects[1]).toMatchObject({ orgRole: '-', uscc: '-' });
  const failing = (await verdictsOf(id)).filter((one: { outcome: string }) => one.outcome === 'fail');
  expect(failing.map((one: { clause: { id: string } }) => one.clause.id)).toContain('LN-4.5b');
  expect(JSON.stringify(failing)).toContain((await exampleOf('enterprise')).application['project']?.['title']);
});

test('a rehearsal never counts against a live call', async () => {
  const id = await journey.fill('applicant', rehearsal, await exampleOf('enterprise'));
  const facts = (await journey.get('applicant', `/api/applications/${id}/facts`)).body;
  expect([facts.projects, facts.duplicates]).toEqual([[], []]);
});

test('a draft and an application that was taken back count against nothing', async () => {
  const { items } = (await journey.get('applicant', '/api/applications?state=with_organisation')).body;
  await journey.step('applicant', items[0].id, 'withdraw', { reason: '改报另一个' });
  const { items: drafts } = (await journey.get('applicant', `/api/applications?roundId=${live}&state=draft`)).body;
  const facts = (await journey.get('applicant', `/api/applications/${drafts[0].id}/facts`)).body;
  expect([facts.projects, facts.duplicates]).toEqual([[], []]);
});

test("nobody's identity number but one's own people's is given to the browser", async () => {
  const university = await journey.fill('applicant', live, await exampleOf('university'));
  await journey.step('applicant', university, 'submit');
  const { application, materials } = await exampleOf('institute');
  const { application: copied } = await exampleOf('university');
  const stolen = { ...application, project: { ...application['project'], title: copied['project']?.['title'] ?? '' } };
  const id = await journey.fill('applicant', live, { application: stolen, materials });
  const { duplicates } = (await journey.get('applicant', `/api/applications/${id}/facts`)).body;
  expect(duplicates).toMatchObject([{ similarity: 'same', personId: '-' }]);
});

test('the judgements of a reviewer are not for those who are judged', async () => {
  const id = (await journey.get('applicant', '/api/applications?state=with_organisation')).body.items[0].id;
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  await journey.step('organisationAdministrator', id, 'forward');
  await journey.answerAll('recommendingDepartment', id, 'department');
  const url = `/api/applications/${id}/checklist/department`;
  expect((await journey.get('recommendingDepartment', url)).status).toBe(200);
  for (const who of ['applicant', 'organisationAdministrator'] as const) {
    expect((await journey.get(who, url)).status).toBe(403);
  }
  const events = async (who: 'applicant' | 'recommendingDepartment') =>
    (await journey.get(who, `/api/applications/${id}/events`)).body.items.map((one: { action: string }) => one.action);
  expect(await events('recommendingDepartment')).toContain('answerChecklist');
  expect(await events('applicant')).not.toContain('answerChecklist');
});
