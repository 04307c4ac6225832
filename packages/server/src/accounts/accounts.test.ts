import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPerson as addTestPerson } from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { addPerson, grantRole, hashPassword } from './index.ts';

const PASSWORD = 'kuang-xiu-ping-guo';
let server: TestServer;
let login: string;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  login = `person${++count}`;
  await addTestPerson(server.context.db, login, '王示例', [
    { role: 'programmeOfficer', authorityId: server.house.authorityId },
  ]);
  const passwordHash = await hashPassword(PASSWORD);
  await server.context.db.updateTable('person').set({ passwordHash }).where('login', '=', login).execute();
});

const signIn = (password: string, as = login) =>
  server.visitor({ method: 'POST', url: '/api/session', payload: { login: as, password } });

const cookieOf = (response: { cookies: { name: string; value: string }[] }): Record<string, string> =>
  Object.fromEntries(response.cookies.map(({ name, value }) => [name, value]));

test('signing in opens a session that no script can read, and signing out ends it', async () => {
  const response = await signIn(PASSWORD);
  expect(response.json()).toMatchObject({
    person: { login, name: '王示例', mustChangePassword: false },
    grants: [{ role: 'programmeOfficer', label: '业务处室', authorityName: '测试省科学技术厅' }],
    production: false,
  });
  expect(response.cookies[0]).toMatchObject({ name: 'keshen_session', httpOnly: true, sameSite: 'Strict', path: '/' });
  const cookies = cookieOf(response);
  expect((await server.visitor({ url: '/api/session', cookies })).statusCode).toBe(200);
  expect((await server.visitor({ method: 'DELETE', url: '/api/session', cookies })).statusCode).toBe(204);
  expect((await server.visitor({ url: '/api/session', cookies })).statusCode).toBe(401);
});

test('the token itself is nowhere in the database', async () => {
  const token = cookieOf(await signIn(PASSWORD))['keshen_session'] ?? '';
  const { rows } = await server.context.db
    .selectFrom('session')
    .selectAll()
    .execute()
    .then((all) => ({ rows: all.map((row) => row.tokenHash.toString('base64url')) }));
  expect(rows).not.toContain(token);
});

test('a capital, full-width or blank-padded login is the same login', async () => {
  expect((await signIn(PASSWORD, ` ${login.toUpperCase()} `)).statusCode).toBe(200);
  expect((await signIn(PASSWORD, login.replace('p', 'ｐ'))).statusCode).toBe(200);
});

test('a wrong password and an unknown login get the same answer', async () => {
  const wrong = await signIn('not the password');
  const unknown = await signIn(PASSWORD, 'nobody.at.all');
  expect(wrong.statusCode).toBe(401);
  expect(unknown.json()).toEqual(wrong.json());
});

test('a session ends when it is not used for two hours, and after twelve in any case', async () => {
  const cookies = cookieOf(await signIn(PASSWORD));
  server.clock.advance(2 * 3600_000 - 1);
  expect((await server.visitor({ url: '/api/session', cookies })).statusCode).toBe(200);
  server.clock.advance(2 * 3600_000 + 1);
  expect((await server.visitor({ url: '/api/session', cookies })).statusCode).toBe(401);

  const used = cookieOf(await signIn(PASSWORD));
  for (let hour = 1; hour < 12; hour += 1) {
    server.clock.advance(3600_000);
    expect((await server.visitor({ url: '/api/session', cookies: used })).statusCode).toBe(200);
  }
  server.clock.advance(3600_000);
  expect((await server.visitor({ url: '/api/session', cookies: used })).statusCode).toBe(401);
});

test('after five failures one waits, is told until when, and even the right password waits', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await signIn('wrong')).statusCode).toBe(401);
  const refusal = await signIn(PASSWORD);
  expect(refusal.statusCode).toBe(429);
  expect(refusal.json().refusal.message).toMatch(/请在2026年\d+月\d+日 \d\d:\d\d(:\d\d)?以后再试/);
  server.clock.set(refusal.json().refusal.at);
  expect((await signIn(PASSWORD)).statusCode).toBe(200);
  expect((await signIn('wrong')).statusCode).toBe(401);
});

test('guesses sent all at once are not more than guesses one by one', async () => {
  const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await signIn('wrong')).statusCode));
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(7);
});

test('a closed account cannot sign in, and its running session ends', async () => {
  const cookies = cookieOf(await signIn(PASSWORD));
  await server.context.db
    .updateTable('person')
    .set({ disabledAt: server.clock.now() })
    .where('login', '=', login)
    .execute();
  expect((await server.visitor({ url: '/api/session', cookies })).statusCode).toBe(401);
  expect((await signIn(PASSWORD)).statusCode).toBe(401);
});

test('changing the password asks for the current one and ends the other sessions', async () => {
  const here = cookieOf(await signIn(PASSWORD));
  const elsewhere = cookieOf(await signIn(PASSWORD));
  const change = (current: string, next: string) =>
    server.visitor({ method: 'POST', url: '/api/session/password', cookies: here, payload: { current, next } });

  expect((await change('wrong', 'a-much-longer-secret')).json().refusal).toMatchObject({ where: 'current' });
  expect((await change(PASSWORD, 'short')).json().refusal).toMatchObject({ where: 'next', code: 'weak_password' });
  expect((await change(PASSWORD, `xx-${login}-xx`)).json().refusal.message).toContain('登录名');
  expect((await change(PASSWORD, PASSWORD)).json().refusal.code).toBe('same_password');
  expect((await change(PASSWORD, 'yi-zhi-xiao-hua-mao')).statusCode).toBe(204);
  expect((await server.visitor({ url: '/api/session', cookies: here })).statusCode).toBe(200);
  expect((await server.visitor({ url: '/api/session', cookies: elsewhere })).statusCode).toBe(401);
  expect((await signIn('yi-zhi-xiao-hua-mao')).statusCode).toBe(200);
});

test('with a temporary password one can do nothing but change it', async () => {
  const { db, log } = server.context;
  const at = server.clock.now();
  const grant = { role: 'applicant' as const, organisationId: server.house.organisationId };
  const person = { login: `temp${count}`, name: '赵示例', password: 'linshi-mima-chushi', temporary: true, grant, at };
  await db.transaction().execute((trx) => addPerson(trx, log, person));
  const response = await signIn(person.password, person.login);
  expect(response.json().person.mustChangePassword).toBe(true);
  const cookies = cookieOf(response);
  const rounds = await server.visitor({ url: '/api/organisation/people', cookies });
  expect(rounds.json().refusal?.code).toBe('must_change_password');
  const payload = { current: person.password, next: 'zi-ji-de-mi-ma-88' };
  await server.visitor({ method: 'POST', url: '/api/session/password', cookies, payload });
  expect((await server.visitor({ url: '/api/session', cookies })).json().person.mustChangePassword).toBe(false);
});

test('nobody is two of the three administrators, neither by command nor by writing into the database', async () => {
  const { db, log } = server.context;
  const at = server.clock.now();
  const give = (role: 'systemAdministrator' | 'auditAdministrator') =>
    db.transaction().execute((trx) => grantRole(trx, log, { login, role, at }));
  // Who applies administers nothing.
  expect(await give('systemAdministrator')).toMatchObject({ ok: false, refusal: { code: 'three_administrators' } });
  const { id } = await db.selectFrom('person').select('id').where('login', '=', login).executeTakeFirstOrThrow();
  await db.updateTable('roleGrant').set({ endedAt: at }).where('personId', '=', id).execute();
  expect((await give('systemAdministrator')).ok).toBe(true);
  const refusal = await give('auditAdministrator');
  expect(refusal).toMatchObject({ ok: false, refusal: { code: 'three_administrators' } });
  await expect(
    db.insertInto('roleGrant').values({ personId: id, role: 'securityAdministrator' }).execute(),
  ).rejects.toThrow('one_of_the_three_administrators');
});

test('a demonstration person cannot sign in in production', async () => {
  await server.context.db.updateTable('person').set({ demonstration: true }).where('login', '=', login).execute();
  expect((await signIn(PASSWORD)).statusCode).toBe(200);
  server.context.config.production = true;
  try {
    expect((await signIn(PASSWORD)).statusCode).toBe(401);
  } finally {
    server.context.config.production = false;
  }
});

test.each([
  ['without a password', { login: 'a' }, '“password”没有填写。'],
  ['with a number for the login', { login: {}, password: 'b' }, '“login”类型不对，应为文字。'],
  ['with something else besides', { login: 'a', password: 'b', admin: true }, '“admin”不是这里的字段。'],
  ['with a NUL character', { login: 'a\u0000', password: 'b' }, '“login”含有不能保存的字符（空字符或残缺的字符）。'],
  [
    'with half a surrogate pair',
    { login: 'a', password: '\ud800' },
    '“password”含有不能保存的字符（空字符或残缺的字符）。',
  ],
])('a request %s is answered in Chinese', async (_how, payload, message) => {
  const response = await server.visitor({ method: 'POST', url: '/api/session', payload });
  expect(response.statusCode).toBe(400);
  expect(response.json().refusal.message).toBe(message);
});

test('a broken body is answered in Chinese', async () => {
  const headers = { 'content-type': 'application/json' };
  for (const payload of ['{"login":', '{"__proto__": {"a": 1}}', '']) {
    const response = await server.visitor({ method: 'POST', url: '/api/session', headers, payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().refusal.code).toMatch(/bad_request|invalid/);
  }
});

test('over https the session cookie is bound to this very host, and one without the prefix opens nothing', async () => {
  const secure = await startTestServer({ env: { PUBLIC_URL: 'https://keshen.example.cn' } });
  try {
    const { db, log } = secure.context;
    const grant = { role: 'applicant' as const, organisationId: secure.house.organisationId };
    const person = { login: 'secure1', name: '王示例', password: PASSWORD, temporary: false, grant };
    await db.transaction().execute((trx) => addPerson(trx, log, { ...person, at: secure.clock.now() }));
    const response = await secure.visitor({
      method: 'POST',
      url: '/api/session',
      payload: { login: 'secure1', password: PASSWORD },
    });
    const [cookie] = response.cookies;
    expect(cookie).toMatchObject({ name: '__Host-keshen_session', secure: true, httpOnly: true, path: '/' });
    expect(cookie).not.toHaveProperty('domain');
    const value = cookie?.value ?? '';
    const whoami = (name: string) => secure.visitor({ url: '/api/session', cookies: { [name]: value } });
    expect((await whoami('__Host-keshen_session')).statusCode).toBe(200);
    expect((await whoami('keshen_session')).statusCode).toBe(401);
  } finally {
    await secure.close();
  }
});
