import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashPassword } from '../accounts/index.ts';
import { addPerson } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';

const PASSWORD = 'kuang-xiu-ping-guo';
let server: TestServer;
let login: string;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  login = `victim${++count}`;
  const { authorityId } = server.house;
  await addPerson(server.context.db, login, '王示例', [{ role: 'programmeOfficer', authorityId }]);
  const passwordHash = await hashPassword(PASSWORD);
  await server.context.db.updateTable('person').set({ passwordHash }).where('login', '=', login).execute();
});

const signIn = (as: string, password: string, cookies: Record<string, string> = {}) =>
  server.visitor({ method: 'POST', url: '/api/session', payload: { login: as, password }, cookies });
const whoami = (token: string) => server.visitor({ url: '/api/session', cookies: { keshen_session: token } });
const tokenOf = (response: { cookies: { name: string; value: string }[] }): string =>
  response.cookies.find(({ name }) => name === 'keshen_session')?.value ?? '';

test('fixation: a token that was there before signing in is worth nothing after it, planted or earned', async () => {
  const planted = randomBytes(32).toString('base64url');
  const opened = await signIn(login, PASSWORD, { keshen_session: planted });
  expect(tokenOf(opened)).not.toBe(planted);
  expect((await whoami(planted)).statusCode).toBe(401);
  const again = await signIn(login, PASSWORD, { keshen_session: tokenOf(opened) });
  expect((await whoami(tokenOf(opened))).statusCode).toBe(401);
  expect((await whoami(tokenOf(again))).statusCode).toBe(200);
});

test.each([
  ['random', () => randomBytes(32).toString('base64url')],
  ['empty', () => ''],
  ['of another length', () => 'a'.repeat(4000)],
  ['a JSON Web Token without a signature', () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'],
  ['a signed one', () => `x.${createHmac('sha256', 'secret').update('x').digest('base64url')}`],
  ['SQL', () => "' or 1=1 --"],
])('a forged cookie (%s) opens nothing', async (_what, forge) => {
  expect((await whoami(forge())).statusCode).toBe(401);
});

test('a token with one character changed opens nothing', async () => {
  const token = tokenOf(await signIn(login, PASSWORD));
  const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
  expect((await whoami(changed)).statusCode).toBe(401);
  expect((await whoami(token)).statusCode).toBe(200);
});

test('what the database holds of a session cannot be used as one', async () => {
  await signIn(login, PASSWORD);
  const rows = await server.context.db.selectFrom('session').select(['tokenHash', 'id']).execute();
  for (const { tokenHash, id } of rows) {
    for (const stolen of [tokenHash.toString('base64url'), tokenHash.toString('hex'), id]) {
      expect((await whoami(stolen)).statusCode).toBe(401);
    }
  }
});

test('a token in the address or in a header is not looked at', async () => {
  const token = tokenOf(await signIn(login, PASSWORD));
  expect((await server.visitor({ url: `/api/session?keshen_session=${token}` })).statusCode).toBe(401);
  const headers = { authorization: `Bearer ${token}` };
  expect((await server.visitor({ url: '/api/session', headers })).statusCode).toBe(401);
});

test('the session of another person cannot be ended by its id', async () => {
  const mine = tokenOf(await signIn(login, PASSWORD));
  const { db } = server.context;
  const other = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select('session.id')
    .where('login', '=', login)
    .executeTakeFirstOrThrow();
  const attack = await server.as('applicant')({ method: 'DELETE', url: `/api/session/sessions/${other.id}` });
  expect(attack.statusCode).toBe(404);
  expect((await whoami(mine)).statusCode).toBe(200);
});
