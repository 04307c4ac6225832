import { afterAll, beforeAll, expect, test } from 'vitest';
import { addApplication } from '../testing/applications.ts';
import { openTestRound, TEST_CALL, TEST_CALLS } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
});
afterAll(() => server.close());

test('the programme officer sees numbers by state and department; nobody else does', async () => {
  const roundId = await openTestRound(server, TEST_CALL);
  const url = `/api/rounds/${roundId}/overview`;
  await addApplication(server, roundId);
  const seen = (await server.as('programmeOfficer')({ url })).json();
  expect(seen.states[0]).toEqual({ state: 'draft', label: '填写中', count: 1 });
  expect(seen.states).toContainEqual({ state: 'with_department', label: '待归口部门审核', count: 0 });
  const { departmentId } = server.house;
  expect(seen.departments).toEqual([
    { departmentId, departmentName: '测试市科学技术局', counts: { draft: 1 }, total: 1 },
  ]);
  expect((await server.as('recommendingDepartment')({ url })).statusCode).toBe(403);
  expect((await server.visitor({ url })).statusCode).toBe(401);
});
