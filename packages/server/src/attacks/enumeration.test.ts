import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../accounts/index.ts';
import { addPerson } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const PASSWORD = 'kuang-xiu-ping-guo';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  const { db } = server.context;
  const passwordHash = await hashPassword(PASSWORD);
  for (const login of ['known', 'closed', 'invited']) {
    await addPerson(db, login, '王示例', []);
    await db.updateTable('person').set({ passwordHash }).where('login', '=', login).execute();
  }
  await db.updateTable('person').set({ disabledAt: server.clock.now() }).where('login', '=', 'closed').execute();
  await db.updateTable('person').set({ passwordHash: '' }).where('login', '=', 'invited').execute();
});
afterAll(() => server.close());

let address = 0;
const attempt = async (login: string, password: string) => {
  // From an address of its own, and long after the last: only what the answer tells is compared.
  server.clock.advance(3600_000);
  const began = performance.now();
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-keshen': '1' },
    remoteAddress: `10.1.${Math.floor(address / 250)}.${(address++ % 250) + 1}`,
    payload: { login, password },
  });
  return {
    status: answer.statusCode,
    body: answer.body,
    headers: Object.keys(answer.headers),
    ms: performance.now() - began,
  };
};

test('an unknown login, a wrong password, a closed account and an unused invitation get one answer', async () => {
  const answers = [
    await attempt('nobody', PASSWORD),
    await attempt('known', 'wrong-password'),
    await attempt('closed', PASSWORD),
    await attempt('invited', PASSWORD),
    await attempt('invited', ''.padEnd(10, 'x')),
  ];
  for (const { status, body, headers } of answers) {
    expect({ status, body, headers }).toEqual({ status: 401, body: answers[0]?.body, headers: answers[0]?.headers });
  }
});

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

test('the time taken does not tell which logins exist', async () => {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    known.push((await attempt('known', 'wrong-password')).ms);
    unknown.push((await attempt(`nobody${round}`, 'wrong-password')).ms);
  }
  const ratio = median(known) / median(unknown);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.67);
});

test('an unknown login is slowed down like a known one', async () => {
  const tries = async (login: string) => {
    server.clock.advance(3600_000);
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const payload = { login, password: 'wrong-password' };
      statuses.push((await server.visitor({ method: 'POST', url: '/api/session', payload })).statusCode);
    }
    return statuses;
  };
  expect(await tries('known')).toEqual(await tries('nobody.at.all'));
});

test('a link that never was and one of a closed account are not told apart', async () => {
  const read = (token: string) =>
    server.visitor({ method: 'POST', url: '/api/account-links/read', payload: { token } });
  expect((await read('x'.repeat(43))).json()).toEqual((await read('y'.repeat(43))).json());
});

test('nobody can ask for a new password by a login: links come from people who know the person', async () => {
  const { paths } = (await server.visitor({ url: '/api/openapi.json' })).json() as { paths: Record<string, unknown> };
  expect(Object.keys(paths).filter((path) => /forgot|reset/.test(path))).toEqual([
    '/api/organisation/people/{id}/reset-password',
  ]);
});

test('registering tells that a login is taken, at most thirty times an hour from one address', async () => {
  const { authorityId, departmentId } = server.house;
  const register = () =>
    server.visitor({
      method: 'POST',
      url: '/api/organisations',
      payload: {
        authorityId,
        departmentId,
        uscc: '91210100MA0YANL1XK',
        name: '试探单位',
        kind: 'enterprise',
        legalPerson: true,
        registeredOn: '2001-01-01',
        division: '210100',
        address: '',
        legalRepresentative: '张示例',
        contactName: '李示例',
        contactPhone: '024-22345678',
        administrator: { login: 'known', name: '王示例', password: PASSWORD },
      },
    });
  const statuses: number[] = [];
  for (let round = 0; round < 31; round += 1) statuses.push((await register()).statusCode);
  expect(statuses.at(-1)).toBe(429);
});
