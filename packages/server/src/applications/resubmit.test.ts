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
});
afterAll(() => server.close());

const readings = (chosen: Record<string, string>) =>
  server.context.db
    .updateTable('round')
    .set({ readings: JSON.stringify(chosen) })
    .where('id', '=', roundId)
    .execute();

test('returned after the filling has closed: not again, or until the recommending closes, as the authority reads it (三1)', async () => {
  const id = await journey.fill('applicant', roundId, await exampleOf('university'));
  const draft = await journey.fill('applicant', roundId, await exampleOf('enterprise'));
  await journey.step('applicant', id, 'submit');
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  await journey.step('organisationAdministrator', id, 'forward');
  server.clock.set('2025-12-01T09:00:00+08:00');
  expect((await journey.step('recommendingDepartment', id, 'returnByDepartment', { reason: '补签字' })).status).toBe(
    200,
  );

  expect(await journey.step('applicant', id, 'submit')).toMatchObject({
    status: 403,
    body: { refusal: { code: 'window_closed', clause: { id: 'LN-3.1a' } } },
  });

  await readings({ returnedAfterClose: 'untilRecommendationCloses' });
  const detail = (await journey.get('applicant', `/api/applications/${id}`)).body;
  expect(detail.editing).toEqual({ open: true });
  expect((await journey.step('applicant', draft, 'submit')).body.refusal.code).toBe('window_closed');
  expect((await journey.step('applicant', id, 'submit')).status).toBe(200);
  await journey.answerAll('organisationAdministrator', id, 'organisation');
  server.clock.set('2025-12-02T17:00:00.001+08:00');
  expect((await journey.step('organisationAdministrator', id, 'forward')).body.refusal).toMatchObject({
    code: 'window_closed',
    message: expect.stringContaining('退回后改好重交已于2025年12月2日 17:00截止'),
  });
  server.clock.set('2025-12-02T17:00:00.000+08:00');
  expect((await journey.step('organisationAdministrator', id, 'forward')).status).toBe(200);
});
