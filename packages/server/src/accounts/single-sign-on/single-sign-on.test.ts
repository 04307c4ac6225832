import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestIdentityProvider, startIdentityProvider } from '../../testing/identity-provider.ts';
import { addPerson, type TestPerson } from '../../testing/people.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { hashPassword } from '../index.ts';

const PASSWORD = 'kuang-xiu-ping-guo';
const PATH = '/api/session/single-sign-on';
const PUBLIC_URL = 'http://127.0.0.1:8080';
const CLIENT = { id: 'keshen', secret: 'a secret of the tests', redirectUri: `${PUBLIC_URL}${PATH}/callback` };

let provider: TestIdentityProvider;
let server: TestServer;
let folder: string;
let person: TestPerson;
let count = 0;

beforeAll(async () => {
  provider = await startIdentityProvider(CLIENT);
  folder = await mkdtemp(join(tmpdir(), 'keshen-oidc-'));
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, `${CLIENT.secret}\n`);
  server = await startTestServer({
    env: {
      PUBLIC_URL,
      KESHEN_OIDC_ISSUER: provider.issuer,
      KESHEN_OIDC_CLIENT_ID: CLIENT.id,
      KESHEN_OIDC_SECRET_FILE: secretFile,
      KESHEN_OIDC_NAME: '测试省统一身份认证',
    },
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  const { db } = server.context;
  person = await addPerson(db, `sso${++count}`, '王示例', []);
  const passwordHash = await hashPassword(PASSWORD);
  await db.updateTable('person').set({ passwordHash }).where('id', '=', person.id).execute();
  provider.user = `subject-${count}`;
});

type Cookies = Record<string, string>;
type Answer = { cookies: { name: string; value: string }[] };
const cookiesOf = (response: Answer): Cookies =>
  Object.fromEntries(response.cookies.filter(({ value }) => value).map(({ name, value }) => [name, value]));
const post = (url: string, payload: object = {}, cookies: Cookies = {}) =>
  server.visitor({ method: 'POST', url, payload, cookies });
const signIn = async () => cookiesOf(await post('/api/session', { login: person.login, password: PASSWORD }));

/** As the browser does it: the session cookie is strict and does not come along from another site, the one of this way does. */
async function comeBack(begun: Answer & { json(): { url: string } }, change: (url: URL) => void = () => {}) {
  const url = new URL(await provider.visit(begun.json().url));
  change(url);
  return server.app.inject({ url: url.pathname + url.search, cookies: cookiesOf(begun) });
}
const linkTo = async (session: Cookies) => comeBack(await post(`${PATH}/link`, { password: PASSWORD }, session));
const identities = async (session: Cookies) =>
  (await server.visitor({ url: '/api/session/identities', cookies: session })).json().items;

test('the sign-in page learns what the provider is called', async () => {
  expect((await server.visitor({ url: PATH })).json()).toEqual({ name: '测试省统一身份认证' });
});

test('the browser leaves with state, nonce and a PKCE challenge, and asks for nothing but who it is', async () => {
  const begun = await post(PATH);
  const url = new URL(begun.json().url);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    client_id: 'keshen',
    scope: 'openid',
    response_type: 'code',
    redirect_uri: CLIENT.redirectUri,
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^.{40,}$/),
    nonce: expect.stringMatching(/^.{40,}$/),
    code_challenge: expect.stringMatching(/^.{43}$/),
  });
  expect(begun.cookies[0]).toMatchObject({
    name: 'keshen_single_sign_on',
    httpOnly: true,
    sameSite: 'Lax',
    path: PATH,
  });
});

test('an identity that nobody linked opens nothing and is told what to do, whatever it is called', async () => {
  provider.user = person.login;
  const answer = await comeBack(await post(PATH));
  expect(answer.statusCode).toBe(403);
  expect(answer.body).toContain('还没有关联本系统的账号');
  expect(answer.body).toContain('/app/sign-in');
  expect(cookiesOf(answer)).toEqual({});
});

test('a signed-in person links the identity, signs in by it, and unlinks it with the password', async () => {
  const session = await signIn();
  expect((await post(`${PATH}/link`, { password: 'wrong' }, session)).json().refusal.code).toBe('wrong_password');
  expect((await post(`${PATH}/link`, { password: PASSWORD })).statusCode).toBe(401);
  expect((await linkTo(session)).headers.location).toBe('/app/security');
  const [identity] = await identities(session);
  expect(identity).toMatchObject({ issuer: provider.issuer, lastUsedAt: null });

  const back = await comeBack(await post(PATH));
  expect(back.headers.location).toBe('/app/');
  const me = await server.visitor({ url: '/api/session', cookies: cookiesOf(back) });
  expect(me.json().person.login).toBe(person.login);

  const remove = (password: string) => post(`/api/session/identities/${identity.id}/remove`, { password }, session);
  expect((await remove('wrong')).json().refusal.code).toBe('wrong_password');
  expect((await remove(PASSWORD)).statusCode).toBe(204);
  expect((await comeBack(await post(PATH))).statusCode).toBe(403);
});

test('one identity belongs to one account, and one account has one identity of a provider', async () => {
  const first = await signIn();
  await linkTo(first);
  provider.user = `another-${count}`;
  expect((await linkTo(first)).statusCode).toBe(409);
  provider.user = `subject-${count}`;
  person = await addPerson(server.context.db, `other${count}`, '李示例', []);
  const passwordHash = await hashPassword(PASSWORD);
  await server.context.db.updateTable('person').set({ passwordHash }).where('id', '=', person.id).execute();
  const taken = await linkTo(await signIn());
  expect(taken.statusCode).toBe(409);
  expect(taken.body).toContain('一个身份只能关联一个账号');
});

test("another person's link is not there to be removed", async () => {
  const session = await signIn();
  await linkTo(session);
  const [{ id }] = await identities(session);
  person = await addPerson(server.context.db, `thief${count}`, '李示例', []);
  const passwordHash = await hashPassword(PASSWORD);
  await server.context.db.updateTable('person').set({ passwordHash }).where('id', '=', person.id).execute();
  const theirs = await signIn();
  expect((await post(`/api/session/identities/${id}/remove`, { password: PASSWORD }, theirs)).statusCode).toBe(404);
  expect(await identities(session)).toHaveLength(1);
});

test('after single sign-on the second factor is still asked for', async () => {
  const session = await signIn();
  await linkTo(session);
  const at = server.clock.now();
  const factor = { personId: person.id, sealedSecret: 'none', startedAt: at, confirmedAt: at };
  await server.context.db.insertInto('secondFactor').values(factor).execute();
  const back = await comeBack(await post(PATH));
  expect(back.headers.location).toBe('/app/sign-in#code');
  expect(Object.keys(cookiesOf(back))).toEqual(['keshen_half_session']);
});

test('a closed account is not opened by its identity', async () => {
  await linkTo(await signIn());
  const disabledAt = server.clock.now();
  await server.context.db.updateTable('person').set({ disabledAt }).where('id', '=', person.id).execute();
  expect((await comeBack(await post(PATH))).statusCode).toBe(403);
});

test('linking ends with the session that asked for it', async () => {
  const session = await signIn();
  const begun = await post(`${PATH}/link`, { password: PASSWORD }, session);
  await server.visitor({ method: 'DELETE', url: '/api/session', cookies: session });
  expect((await comeBack(begun)).statusCode).toBe(400);
  expect(await identities(await signIn())).toEqual([]);
});

test.each(['state', 'nonce', 'codeVerifier'] as const)('an answer to another %s is refused', async (which) => {
  await linkTo(await signIn());
  const begun = await post(PATH);
  await server.context.db
    .updateTable('singleSignOnAttempt')
    .set({ [which]: 'x'.repeat(43) })
    .execute();
  const answer = await comeBack(begun);
  expect(answer.statusCode).toBe(400);
  expect(answer.body).toContain('返回的信息与发出的请求不符');
  expect(cookiesOf(answer)).toEqual({});
});

test.each([
  ['another state', (url: URL) => url.searchParams.set('state', 'forged')],
  ['no state', (url: URL) => url.searchParams.delete('state')],
  ['a forged code', (url: URL) => url.searchParams.set('code', 'forged')],
  ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ['an error', (url: URL) => url.searchParams.set('error', 'access_denied')],
])('an answer with %s is refused', async (_what, change) => {
  await linkTo(await signIn());
  const answer = await comeBack(await post(PATH), change);
  expect(answer.statusCode).toBe(400);
  expect(cookiesOf(answer)).toEqual({});
});

test('an answer is taken once, in time, and in the browser that asked only', async () => {
  await linkTo(await signIn());
  const begun = await post(PATH);
  const url = new URL(await provider.visit(begun.json().url));
  const arrive = (cookies: Cookies) => server.app.inject({ url: url.pathname + url.search, cookies });
  expect((await arrive({})).statusCode).toBe(400);
  expect((await arrive(cookiesOf(await post(PATH)))).statusCode).toBe(400);
  expect((await arrive(cookiesOf(begun))).statusCode).toBe(303);
  expect((await arrive(cookiesOf(begun))).statusCode).toBe(400);
  const late = await post(PATH);
  server.clock.advance(10 * 60_000);
  expect((await comeBack(late)).statusCode).toBe(400);
});

test('a provider that is down is named, and a house without one says so', async () => {
  const nowhere = await startTestServer({
    env: {
      KESHEN_OIDC_ISSUER: 'http://127.0.0.1:9',
      KESHEN_OIDC_CLIENT_ID: 'keshen',
      KESHEN_OIDC_SECRET_FILE: join(folder, 'secret'),
    },
  });
  const down = await nowhere.visitor({ method: 'POST', url: PATH, payload: {} });
  expect(down.statusCode).toBe(503);
  expect(down.json().refusal.message).toBe('现在连不上统一身份认证。');
  await nowhere.close();
  const without = await startTestServer();
  expect((await without.visitor({ url: PATH })).json()).toEqual({ name: null });
  expect((await without.visitor({ method: 'POST', url: PATH, payload: {} })).statusCode).toBe(404);
  await without.close();
});
