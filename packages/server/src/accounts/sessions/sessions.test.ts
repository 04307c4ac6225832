import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type TestPerson } from '../../testing/people.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { hashPassword } from '../index.ts';

const PASSWORD = 'kuang-xiu-ping-guo';
let server: TestServer;
let person: TestPerson;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function newPerson(): Promise<TestPerson> {
  const { db } = server.context;
  const made = await addPerson(db, `sessions${++count}`, '王示例', []);
  const passwordHash = await hashPassword(PASSWORD);
  await db.updateTable('person').set({ passwordHash }).where('id', '=', made.id).execute();
  return made;
}

type Cookies = Record<string, string>;
async function signIn(userAgent = 'test', cookies: Cookies = {}): Promise<Cookies> {
  const response = await server.visitor({
    method: 'POST',
    url: '/api/session',
    headers: { 'user-agent': userAgent },
    cookies,
    payload: { login: person.login, password: PASSWORD },
  });
  return Object.fromEntries(response.cookies.filter(({ value }) => value).map(({ name, value }) => [name, value]));
}
const list = (cookies: Cookies) => server.visitor({ url: '/api/session/sessions', cookies });
const end = (cookies: Cookies, id = '') =>
  server.visitor({ method: 'DELETE', url: `/api/session/sessions${id && `/${id}`}`, cookies });
const alive = async (cookies: Cookies) => (await server.visitor({ url: '/api/session', cookies })).statusCode === 200;

test('one sees where one is signed in, without tokens, and ends one of them or all the others', async () => {
  person = await newPerson();
  const here = await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/128.0');
  const phone = await signIn('Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile');
  const third = await signIn();
  const answer = await list(here);
  expect(answer.json().items).toHaveLength(3);
  expect(answer.json().items.find((line: { current: boolean }) => line.current)).toMatchObject({
    device: 'Firefox 浏览器，Windows',
    address: '127.0.0.1',
  });
  expect(answer.body).not.toMatch(/token/i);
  const ofPhone = answer.json().items.find((line: { device: string }) => line.device.includes('安卓'));
  expect((await end(here, ofPhone.id)).statusCode).toBe(204);
  expect([await alive(here), await alive(phone), await alive(third)]).toEqual([true, false, true]);
  expect((await end(here, ofPhone.id)).statusCode).toBe(404);
  expect((await end(here)).statusCode).toBe(204);
  expect([await alive(here), await alive(third)]).toEqual([true, false]);
});

test("another person's session is not there", async () => {
  person = await newPerson();
  const theirs = await signIn();
  const [{ id }] = (await list(theirs)).json().items;
  person = await newPerson();
  const mine = await signIn();
  expect((await end(mine, id)).statusCode).toBe(404);
  expect(await alive(theirs)).toBe(true);
  expect((await list({})).statusCode).toBe(401);
});

test('a session that lay still for two hours is not listed', async () => {
  person = await newPerson();
  await signIn();
  server.clock.advance(2 * 3600_000);
  expect((await list(await signIn())).json().items).toHaveLength(1);
});

test('a token known before signing in is worth nothing after it', async () => {
  person = await newPerson();
  const planted = { keshen_session: 'planted-by-somebody-else' };
  const after = await signIn('test', planted);
  expect(after['keshen_session']).not.toBe(planted.keshen_session);
  expect(await alive(planted)).toBe(false);
  const again = await signIn('test', after);
  expect([await alive(after), await alive(again)]).toEqual([false, true]);
});
