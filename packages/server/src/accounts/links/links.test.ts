import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/server.ts';

let server: TestServer;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = (url: string, payload: object) => server.visitor({ method: 'POST', url, payload });
const read = (token: string) => post('/api/account-links/read', { token });
const use = (token: string, password: string) => post('/api/account-links/use', { token, password });
const signIn = (login: string, password: string) => post('/api/session', { login, password });
const asAdministrator = (path: string, payload: object = {}) =>
  server.as('organisationAdministrator')({ method: 'POST', url: `/api/organisation/people${path}`, payload });
const tokenIn = (response: { json(): { link: { path: string } } }): string =>
  response.json().link.path.split('#')[1] ?? '';

async function invite(): Promise<{ login: string; id: string; token: string }> {
  const login = `invited${++count}`;
  const response = await asAdministrator('', { login, name: '吴示例' });
  expect(response.statusCode).toBe(201);
  expect(response.json()).not.toHaveProperty('temporaryPassword');
  return { login, id: response.json().id, token: tokenIn(response) };
}

test('an invitation sets the password once, and then one signs in with it', async () => {
  const { login, token } = await invite();
  expect((await signIn(login, '')).statusCode).toBe(400);
  expect((await read(token)).json()).toMatchObject({ purpose: 'invitation', login, name: '吴示例' });
  expect((await use(token, 'short')).json().refusal).toMatchObject({ code: 'weak_password', where: 'password' });
  expect((await use(token, `my-${login}-long`)).json().refusal.message).toContain('登录名');
  expect((await use(token, 'yi-zhi-xiao-hua-mao')).statusCode).toBe(204);
  expect((await signIn(login, 'yi-zhi-xiao-hua-mao')).json().person.mustChangePassword).toBe(false);
  const again = await use(token, 'another-long-password');
  expect(again.statusCode).toBe(410);
  expect(again.json().refusal.message).toMatch(/^这个链接已在2026年4月1日 \d\d:\d\d用过/);
});

test('before the invitation is used no password opens the account, and the answer is that for an unknown login', async () => {
  const { login } = await invite();
  const invited = await signIn(login, 'any password at all');
  const unknown = await signIn('nobody.at.all', 'any password at all');
  expect(invited.statusCode).toBe(401);
  expect(invited.json()).toEqual(unknown.json());
});

test('of two uses at the same moment one wins', async () => {
  const { token } = await invite();
  const answers = await Promise.all([use(token, 'first-long-password'), use(token, 'second-long-password')]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 410]);
});

test('a forged, cut, expired or replaced link does not work, and says what to do', async () => {
  const { id, token } = await invite();
  for (const forged of ['x', token.slice(0, -1), `${token}A`, token.toUpperCase(), "' or 1=1 --", '../../etc/passwd']) {
    expect((await use(forged, 'first-long-password')).json().refusal.message).toBe('这个链接无效。');
  }
  const newer = tokenIn(await asAdministrator(`/${id}/reset-password`));
  expect((await use(token, 'first-long-password')).json().refusal.message).toContain('已作废');
  server.clock.advance(24 * 3600_000);
  const late = await use(newer, 'first-long-password');
  expect(late.json().refusal.message).toMatch(/过期。$/);
  expect(late.json().refusal.remedy).toContain('新的链接');
});

test('a reset voids the password and every session at once', async () => {
  const { login, id, token } = await invite();
  await use(token, 'first-long-password');
  const { cookies } = await signIn(login, 'first-long-password');
  const session = { keshen_session: cookies[0]?.value ?? '' };
  const reset = tokenIn(await asAdministrator(`/${id}/reset-password`));
  expect((await server.visitor({ url: '/api/session', cookies: session })).statusCode).toBe(401);
  expect((await signIn(login, 'first-long-password')).statusCode).toBe(401);
  expect((await read(reset)).json().purpose).toBe('reset');
  expect((await use(reset, 'second-long-password')).statusCode).toBe(204);
  expect((await signIn(login, 'second-long-password')).statusCode).toBe(200);
});

test('a reset leaves the second factor, unless the administrator vouches for who lost it', async () => {
  const { login, id } = await invite();
  const { db } = server.context;
  const at = server.clock.now();
  const enrol = () =>
    db
      .insertInto('secondFactor')
      .values({ personId: id, sealedSecret: 'none', startedAt: at, confirmedAt: at })
      .execute();
  await enrol();
  await use(tokenIn(await asAdministrator(`/${id}/reset-password`)), 'second-long-password');
  expect((await signIn(login, 'second-long-password')).statusCode).toBe(202);
  await use(
    tokenIn(await asAdministrator(`/${id}/reset-password`, { withoutSecondFactor: true })),
    'third-long-password',
  );
  expect((await signIn(login, 'third-long-password')).statusCode).toBe(200);
});

test('a link of a closed account does not work', async () => {
  const { id, token } = await invite();
  await asAdministrator(`/${id}/disable`);
  expect((await use(token, 'first-long-password')).statusCode).toBe(410);
});

test('the token is nowhere in the database', async () => {
  const { token } = await invite();
  const links = await server.context.db.selectFrom('accountLink').selectAll().execute();
  const events = await server.context.db.selectFrom('event').select('detail').execute();
  expect(JSON.stringify(events)).not.toContain(token);
  expect(links.map(({ tokenHash }) => tokenHash.toString('base64url'))).not.toContain(token);
});
