import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { addPerson, AUTHORITY, type TestPerson } from '../testing/people.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { PRESENT_MS } from './tell-presence.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let colleague: TestPerson;
let at: string;
let id: string;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  roundId = await openTestRound(server, JOURNEY_CALL);
  journey = journeyOf(server);
  const { organisationId } = server.house;
  const grant = { role: 'applicant', authorityId: AUTHORITY, organisationId } as const;
  colleague = await addPerson(server.context.db, 'colleague', '同事', [grant]);
  id = (await journey.create('applicant', roundId)).body.id;
  at = `/api/applications/${id}`;
});
afterAll(() => server.close());

const share = (who: Parameters<typeof journey.call>[0], personId: string, method: 'PUT' | 'DELETE' = 'PUT') =>
  journey.call(who, method, `${at}/co-editors/${personId}`);
const listed = async () =>
  (await journey.get(colleague, '/api/applications')).body.items.map((one: { id: string }) => one.id);

test('a colleague sees nothing before the right is given, writes with it, and nothing again when it ends', async () => {
  const { get, save } = journey;
  const write = (revision: number) => save(colleague, id, 'text', { revision, data: { background: '同事写的' } });
  expect((await get(colleague, at)).status).toBe(404);
  expect(await listed()).toEqual([]);
  expect((await get('applicant', `${at}/co-editors`)).body).toMatchObject({
    items: [],
    mine: true,
    candidates: [{ personId: colleague.id, name: '同事' }],
  });

  expect((await share('applicant', colleague.id)).status).toBe(204);
  expect((await share('applicant', colleague.id)).status).toBe(204);
  expect((await get('applicant', `${at}/co-editors`)).body).toMatchObject({
    items: [{ name: '同事' }],
    candidates: [],
  });
  expect(await listed()).toEqual([id]);
  expect((await get(colleague, at)).body).toMatchObject({ editing: { open: true }, applicantName: '申报人' });
  expect((await write(0)).status).toBe(200);
  const { items } = (await get('applicant', `${at}/sittings`)).body;
  expect(items.find(({ section }: { section: string }) => section === 'text')).toMatchObject({ savedByName: '同事' });

  expect((await share('applicant', colleague.id, 'DELETE')).status).toBe(204);
  expect((await write(1)).status).toBe(404);
  expect(await listed()).toEqual([]);
  expect((await share('applicant', colleague.id, 'DELETE')).status).toBe(404);
});

test('to submit, to withdraw and to share stay the applicant’s', async () => {
  const { get, step } = journey;
  await share('applicant', colleague.id);
  for (const action of ['submit', 'withdraw'])
    expect((await step(colleague, id, action, { reason: '试试' })).status, action).toBe(403);
  expect((await get(colleague, at)).body.steps).toEqual([]);
  expect((await share(colleague, server.house.people.otherApplicant.id)).status).toBe(403);
  expect((await get(colleague, `${at}/co-editors`)).body).toMatchObject({ mine: false, candidates: [] });
  const { events } = { events: (await get('applicant', `${at}/events`)).body.items };
  expect(events.map(({ action }: { action: string }) => action)).toContain('grantCoEditor');
});

test('only applicants of the same organisation can be asked', async () => {
  const { people } = server.house;
  for (const other of [people.otherApplicant, people.organisationAdministrator, people.applicant])
    expect(await share('applicant', other.id)).toMatchObject({
      status: 422,
      body: { refusal: { code: 'not_a_colleague' } },
    });
  expect((await share('otherApplicant', colleague.id)).status).toBe(404);
});

test('each window learns in which section the others are; who is not heard of is gone', async () => {
  const { call } = journey;
  await share('applicant', colleague.id);
  const tell = async (who: Parameters<typeof call>[0], windowId: string, section?: string) =>
    (await call(who, 'PUT', `${at}/presence`, { windowId, ...(section && { section }) })).body.items;
  const [mine, other, theirs] = [randomUUID(), randomUUID(), randomUUID()];
  expect(await tell('applicant', mine, 'budget')).toEqual([]);
  expect(await tell(colleague, theirs, 'text')).toMatchObject([{ name: '申报人', section: 'budget' }]);
  expect(await tell('applicant', other, 'text')).toHaveLength(2);
  expect(await tell(colleague, theirs, 'members')).toHaveLength(2);
  expect(await tell('applicant', other)).toMatchObject(
    [{ section: 'budget' }, { name: '同事', section: 'members' }].toSorted((a) => (a.name ? -1 : 1)),
  );
  expect(await tell(colleague, theirs, 'members')).toMatchObject([{ windowId: mine }]);
  // Nobody speaks for another's window.
  await tell(colleague, mine, 'text');
  expect(await tell(colleague, theirs, 'members')).toMatchObject([{ windowId: mine, section: 'budget' }]);
  server.clock.advance(PRESENT_MS);
  expect(await tell(colleague, theirs, 'members')).toEqual([]);
  expect(
    (await call('otherApplicant', 'PUT', `${at}/presence`, { windowId: randomUUID(), section: 'text' })).status,
  ).toBe(404);
});
