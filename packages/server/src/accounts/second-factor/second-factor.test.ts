import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addPerson } from '../../testing/people.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { hashPassword } from '../index.ts';
import { masterKey, rotateKeys } from '../../platform/secrets/index.ts';
import { findSecondFactor } from './store.ts';

const PASSWORD = 'kuang-xiu-ping-guo';
let server: TestServer;
let login: string;
let personId: string;
let count = 0;

type Cookies = Record<string, string>;
const cookiesOf = (response: { cookies: { name: string; value: string }[] }): Cookies =>
  Object.fromEntries(response.cookies.filter(({ value }) => value).map(({ name, value }) => [name, value]));
const post = (path: string, payload: object, cookies: Cookies = {}) =>
  server.visitor({ method: 'POST', url: `/api/session${path}`, payload, cookies });
const signIn = () => post('', { login, password: PASSWORD });
const whoami = (cookies: Cookies) => server.visitor({ url: '/api/session', cookies });
const codeNow = (secret: string): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp: server.clock.now().getTime(),
  });
const nextStep = () => server.clock.advance(30_000);

const master = masterKey(randomBytes(32));
beforeAll(async () => {
  server = await startTestServer({ keys: { master, refreshMs: 20 } });
});
afterAll(() => server.close());

beforeEach(async () => {
  login = `second${++count}`;
  const { authorityId } = server.house;
  ({ id: personId } = await addPerson(server.context.db, login, '王示例', [{ role: 'programmeOfficer', authorityId }]));
  const passwordHash = await hashPassword(PASSWORD);
  await server.context.db.updateTable('person').set({ passwordHash }).where('login', '=', login).execute();
});

async function enrol(): Promise<{ secret: string; recoveryCodes: string[]; cookies: Cookies }> {
  const cookies = cookiesOf(await signIn());
  const started = await post('/second-factor', { password: PASSWORD }, cookies);
  const { secret } = started.json() as { secret: string };
  const confirmed = await post('/second-factor/confirm', { code: codeNow(secret) }, cookies);
  expect(confirmed.statusCode).toBe(200);
  nextStep();
  return { secret, recoveryCodes: confirmed.json().recoveryCodes, cookies };
}

test('enrolling asks for the password, shows the secret as picture and text, and counts from the first right code', async () => {
  const cookies = cookiesOf(await signIn());
  expect((await post('/second-factor', { password: 'wrong' }, cookies)).json().refusal).toMatchObject({
    code: 'wrong_password',
    where: 'password',
  });
  const { qr, secret, uri } = (await post('/second-factor', { password: PASSWORD }, cookies)).json();
  expect(qr).toMatch(/^data:image\/svg\+xml;base64,/);
  expect(secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(uri).toContain(secret.replaceAll(' ', ''));
  expect((await post('/second-factor/confirm', { code: '000000' }, cookies)).json().refusal.code).toBe('wrong_code');
  expect((await signIn()).statusCode).toBe(200);
  const confirmed = await post('/second-factor/confirm', { code: codeNow(secret) }, cookies);
  expect(new Set(confirmed.json().recoveryCodes).size).toBe(10);
  expect((await signIn()).statusCode).toBe(202);
});

test('the secret and the recovery codes are not in the database', async () => {
  const { secret, recoveryCodes } = await enrol();
  const { db } = server.context;
  const factor = await db.selectFrom('secondFactor').selectAll().where('personId', '=', personId).execute();
  const codes = await db.selectFrom('recoveryCode').selectAll().where('personId', '=', personId).execute();
  const plain = Buffer.from(Secret.fromBase32(secret.replaceAll(' ', '')).bytes);
  expect(factor[0]?.sealedSecret).toMatch(/^k1\./);
  expect(JSON.stringify(factor)).not.toContain(plain.toString('base64').slice(0, 20));
  for (const code of recoveryCodes) expect(JSON.stringify(codes)).not.toContain(code.replaceAll('-', ''));
});

test('a secret moved to another person does not open', async () => {
  await enrol();
  const { db } = server.context;
  const other = await addPerson(db, `mover${count}`, '李示例', []);
  const { sealedSecret } = await db
    .selectFrom('secondFactor')
    .selectAll()
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('secondFactor')
    .values({ personId: other.id, sealedSecret, startedAt: server.clock.now() })
    .execute();
  await expect(findSecondFactor(db, other.id)).rejects.toThrow();
});

test('after the password one can do nothing but enter the code', async () => {
  const { secret } = await enrol();
  const response = await signIn();
  expect(response.statusCode).toBe(202);
  expect(response.json()).toEqual({ codeUntil: expect.any(String) });
  const half = cookiesOf(response);
  expect(Object.keys(half)).toEqual(['keshen_half_session']);
  expect((await whoami({ keshen_session: half['keshen_half_session'] ?? '' })).statusCode).toBe(401);
  const whole = await post('/code', { code: codeNow(secret) }, half);
  expect(whole.json().person.login).toBe(login);
  expect((await whoami(cookiesOf(whole))).statusCode).toBe(200);
  nextStep();
  expect((await post('/code', { code: codeNow(secret) }, half)).json().refusal.code).toBe('half_session_over');
});

test('a half session ends after ten minutes, and one that was never given is none', async () => {
  const { secret } = await enrol();
  const half = cookiesOf(await signIn());
  server.clock.advance(10 * 60_000);
  expect((await post('/code', { code: codeNow(secret) }, half)).statusCode).toBe(410);
  expect((await post('/code', { code: codeNow(secret) })).statusCode).toBe(410);
  expect((await post('/code', { code: codeNow(secret) }, { keshen_half_session: 'forged' })).statusCode).toBe(410);
});

test('a code that was used is refused, also from another browser, and so is the one before it', async () => {
  const { secret } = await enrol();
  const before = codeNow(secret);
  nextStep();
  const code = codeNow(secret);
  expect((await post('/code', { code }, cookiesOf(await signIn()))).statusCode).toBe(200);
  const elsewhere = cookiesOf(await signIn());
  expect((await post('/code', { code }, elsewhere)).json().refusal.code).toBe('code_used');
  expect((await post('/code', { code: before }, elsewhere)).json().refusal.code).toBe('code_used');
  nextStep();
  expect((await post('/code', { code: codeNow(secret) }, elsewhere)).statusCode).toBe(200);
});

test('of two uses of one code at the same moment one wins', async () => {
  const { secret } = await enrol();
  const halves = [cookiesOf(await signIn()), cookiesOf(await signIn())];
  const answers = await Promise.all(halves.map((half) => post('/code', { code: codeNow(secret) }, half)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 422]);
});

test('a recovery code works once, however it is typed', async () => {
  const { recoveryCodes } = await enrol();
  const [code = ''] = recoveryCodes;
  const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
  const whole = cookiesOf(await post('/code', { code: typed }, cookiesOf(await signIn())));
  const state = await server.visitor({ url: '/api/session/second-factor', cookies: whole });
  expect(state.json()).toMatchObject({ recoveryCodesLeft: 9, required: false });
  expect((await post('/code', { code }, cookiesOf(await signIn()))).json().refusal.code).toBe('code_used');
});

test('wrong codes slow down, and the right password wins no new guesses', async () => {
  const { secret } = await enrol();
  for (let guess = 0; guess < 5; guess += 1) {
    const half = cookiesOf(await signIn());
    expect((await post('/code', { code: '000000' }, half)).statusCode).toBe(422);
  }
  const refusal = await signIn();
  expect(refusal.statusCode).toBe(429);
  server.clock.set(refusal.json().refusal.at);
  const half = cookiesOf(await signIn());
  expect((await post('/code', { code: codeNow(secret) }, half)).statusCode).toBe(200);
});

test('turning off and new recovery codes need password and code', async () => {
  const { secret, cookies, recoveryCodes } = await enrol();
  const remove = (password: string, code: string) => post('/second-factor/remove', { password, code }, cookies);
  expect((await remove('wrong', codeNow(secret))).json().refusal.where).toBe('password');
  expect((await remove(PASSWORD, '000000')).json().refusal.where).toBe('code');
  const renewed = await post('/second-factor/recovery-codes', { password: PASSWORD, code: codeNow(secret) }, cookies);
  expect(renewed.json().recoveryCodes).toHaveLength(10);
  expect((await remove(PASSWORD, recoveryCodes[1] ?? '')).statusCode).toBe(422);
  expect((await remove(PASSWORD, renewed.json().recoveryCodes[1])).statusCode).toBe(204);
  expect((await signIn()).statusCode).toBe(200);
});

test('enrolling ends the sessions that were opened without a code, and cannot be repeated over one that counts', async () => {
  const elsewhere = cookiesOf(await signIn());
  const { cookies } = await enrol();
  expect((await whoami(elsewhere)).statusCode).toBe(401);
  expect((await whoami(cookies)).statusCode).toBe(200);
  expect((await post('/second-factor', { password: PASSWORD }, cookies)).json().refusal.code).toBe('already_enrolled');
});

test('in production a powerful role enrols before it does anything else; in rehearsal it need not', async () => {
  const rounds = (cookies: Cookies) => server.visitor({ url: '/api/organisations', cookies });
  const cookies = cookiesOf(await signIn());
  expect((await rounds(cookies)).statusCode).toBe(200);
  server.context.config.production = true;
  try {
    expect((await rounds(cookies)).json().refusal.code).toBe('must_enrol_second_factor');
    expect((await whoami(cookies)).json().person.mustEnrolSecondFactor).toBe(true);
    const enrolled = await enrol();
    expect((await rounds(enrolled.cookies)).statusCode).toBe(200);
    const applicant = server.as('applicant');
    expect((await applicant({ url: '/api/session' })).json().person.mustEnrolSecondFactor).toBe(false);
  } finally {
    server.context.config.production = false;
  }
});

test('after the keys were rotated the secret is sealed anew and its codes still open the door', async () => {
  const { secret } = await enrol();
  const { db } = server.context;
  // Tests above have left secrets that were tampered with: a rotation stops at such a one.
  await db.deleteFrom('secondFactor').where('personId', '!=', personId).execute();
  const sealed = () =>
    db.selectFrom('secondFactor').select('sealedSecret').where('personId', '=', personId).executeTakeFirstOrThrow();
  const before = await sealed();
  const places = await rotateKeys(db, master, 50);
  expect(places.find(({ name }) => name === '两步验证的密钥')?.changed).toBeGreaterThan(0);
  expect((await sealed()).sealedSecret.split('.')[1]).not.toBe(before.sealedSecret.split('.')[1]);
  const half = cookiesOf(await signIn());
  expect((await post('/code', { code: codeNow(secret) }, half)).statusCode).toBe(200);
});
