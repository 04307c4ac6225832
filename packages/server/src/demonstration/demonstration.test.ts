import { checkCreditCode } from '@keshen/rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLibrary, openRehearsals, publishLibrary } from '../calls/index.ts';
import { factsFor } from '../registry/index.ts';
import { TEST_CALLS } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { welcome } from '../welcome.ts';
import { furnishDemonstration, listDemonstrationPeople } from './index.ts';

const AUTHORITY = '示例省科学技术厅';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ env: { KESHEN_CALLS: TEST_CALLS } });
  const { calls } = await loadLibrary(server.context);
  await publishLibrary(server.context, calls);
  await openRehearsals(server.context, calls);
  await furnishDemonstration(server.context);
});
afterAll(() => server.close());

test('each role has a person who can sign in with what the sign-in page shows', async () => {
  const { people } = (await server.visitor({ url: '/api/demonstration' })).json();
  expect(people.map((one: { login: string; label: string }) => [one.login, one.label])).toEqual([
    ['shenbao-example', '申报人'],
    ['danwei-example', '单位管理员'],
    ['chushen-example', '归口部门'],
    ['fuwu-example', '服务中心'],
    ['keji-example', '业务处室'],
    ['xitong', '系统管理员'],
    ['anquan', '安全管理员'],
    ['anquan2', '安全管理员'],
    ['shenji', '审计管理员'],
  ]);
  for (const { login, password } of people) {
    const response = await server.visitor({ method: 'POST', url: '/api/session', payload: { login, password } });
    expect(response.json().person).toMatchObject({ login, mustChangePassword: false, demonstration: true });
  }
});

test('starting again changes nothing', async () => {
  const before = await listDemonstrationPeople(server.context);
  await furnishDemonstration(server.context);
  expect(await listDemonstrationPeople(server.context)).toEqual(before);
});

test('the organisation is approved, has a right credit code, and its registers answer', async () => {
  const { db } = server.context;
  const organisation = await db
    .selectFrom('organisation')
    .selectAll()
    .where('demonstration', '=', true)
    .executeTakeFirstOrThrow();
  expect(organisation).toMatchObject({ authorityId: AUTHORITY, state: 'approved', division: '210100' });
  expect(checkCreditCode(organisation.uscc)).toEqual({ valid: true, normal: organisation.uscc });
  const facts = await factsFor(db, {
    authorityId: AUTHORITY,
    people: [],
    uscc: [organisation.uscc],
    asOf: '2026-04-01',
  });
  expect(facts).toMatchObject({ projects: [], misconduct: [], platforms: [], organisations: [{ overdueCount: 0 }] });
});

test('the console shows the address and everybody, in straight columns', async () => {
  const text = welcome('http://127.0.0.1:8080', await listDemonstrationPeople(server.context));
  expect(text).toContain('http://127.0.0.1:8080/app/');
  expect(text).toContain('密码都是：keshen-yanlian');
  expect(text).toMatch(/ {2}danwei-example +单位管理员 +苏明岚 +沈阳市演练大学/);
});

test('in production there is no such page', async () => {
  server.context.config.production = true;
  try {
    expect((await server.visitor({ url: '/api/demonstration' })).statusCode).toBe(404);
  } finally {
    server.context.config.production = false;
  }
});
