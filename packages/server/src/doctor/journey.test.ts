import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringRegistersUpToDate, exampleOf, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { gatherRoots } from '../platform/audit/gather-roots.ts';
import { openTestRound } from '../testing/rounds.ts';
import { throughout } from '../platform/db/reach.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { examine } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ at: IN_THE_WINDOW });
  await bringRegistersUpToDate(server);
});
afterAll(() => server.close());

test('what must always hold holds after applications went their way to a list', async () => {
  const roundId = await openTestRound(server, JOURNEY_CALL);
  const { recommend, fill, call, step } = journeyOf(server);
  await recommend(roundId, await exampleOf('university'));
  const { status } = await call('recommendingDepartment', 'POST', `/api/rounds/${roundId}/lists`);
  expect(status).toBe(201);
  const draft = await fill('otherApplicant', roundId, await exampleOf('enterprise'));
  server.clock.set('2025-11-28T17:00:00.001+08:00');
  expect((await step('otherApplicant', draft, 'submit')).status).toBe(403);

  await gatherRoots(server.context, server.clock.now());
  const findings = await throughout(() => examine(server.atWork));
  expect(findings.flatMap(({ faults }) => faults)).toEqual([]);
  // The call of this journey counts no places.
  expect(findings.filter(({ looked }) => looked === 0).map(({ title }) => title)).toEqual([
    '没有名额被超用，计数与占用的一致',
  ]);
});
