import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCarriers, type Carrier, type Sending } from '../platform/messaging/index.ts';
import { bringRegistersUpToDate, IN_THE_WINDOW, JOURNEY_CALL, journeyOf } from '../testing/journey.ts';
import { openTestRound } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { startMailServer, type TestMailServer } from '../testing/smtp.ts';
import { makeDigests, type Sender, sendMessages, tellCauses } from './index.ts';

let server: TestServer;
let journey: ReturnType<typeof journeyOf>;
let roundId: string;
let mail: TestMailServer;
/** Two servers of one installation share the outbox. */
let one: Sender;
let two: Sender;

const HOUR_MS = 3600_000;
const clock = () => server.clock.now();
const send = (sender = one) => sendMessages(server.context, sender);
const tellAll = () => tellCauses(server.context, clock());
const put = (url: string, body: object, who: 'applicant' | 'organisationAdministrator' = 'applicant') =>
  journey.call(who, 'PUT', url, body);
const messages = () => server.context.db.selectFrom('noticeMessage').selectAll().orderBy('madeAt').execute();
const tokenIn = (text: string, page: string): string => new RegExp(`/app/${page}#(\\S+)`).exec(text)?.[1] ?? '';

/** A draft returned to the applicant, `count` times: each is a mail at once. */
async function returned(count = 1): Promise<void> {
  const { db } = server.context;
  for (let at = 0; at < count; at += 1) {
    const { body } = await journey.create('applicant', roundId);
    await db.updateTable('application').set({ state: 'with_organisation' }).where('id', '=', body.id).execute();
    const back = { reason: '请补充第三节' };
    const done = await journey.step('organisationAdministrator', body.id, 'returnByOrganisation', back);
    expect(done.status).toBe(200);
  }
  await tellAll();
}

beforeAll(async () => {
  mail = await startMailServer();
  server = await startTestServer({
    at: IN_THE_WINDOW,
    env: { KESHEN_SMTP_URL: `smtp://127.0.0.1:${mail.port}`, KESHEN_MAIL_FROM: '科申 <tongzhi@example.cn>' },
  });
  await bringRegistersUpToDate(server);
  journey = journeyOf(server);
  roundId = await openTestRound(server, JOURNEY_CALL);
  const carriers = await openCarriers(server.context.config.messaging, server.context.config.publicUrl);
  one = { carriers, rests: {}, clock };
  two = { carriers, rests: {}, clock };
}, 60_000);
afterAll(async () => {
  one.carriers.mail?.close();
  await mail.stop();
  await server.close();
});
beforeEach(() => {
  mail.received.length = 0;
  mail.beforeTaking = () => {};
  mail.refuse = () => undefined;
  one.rests = {};
});

test('an address takes nothing but the link that confirms it, which works once', async () => {
  const given = await put('/api/notices/addresses/mail', { address: 'zhang@example.cn' });
  expect(given.body.addresses.mail).toEqual({ shown: 'z***@example.cn', state: 'waiting' });
  await returned();
  await send();
  expect(mail.received.map(({ subject }) => subject)).toEqual(['确认用这个邮箱接收科申的通知']);
  const token = tokenIn(mail.received[0]?.text ?? '', 'confirm-address');
  const confirm = (text: string) =>
    server.visitor({ method: 'POST', url: '/api/notice-links/confirm', payload: { token: text } });
  expect((await confirm(`${token.slice(0, -2)}AA`)).statusCode).toBe(410);
  expect((await confirm(token)).json()).toEqual({ channel: 'mail' });
  expect((await confirm(token)).json().refusal).toMatchObject({ code: 'used_link' });
  expect((await journey.get('applicant', '/api/notices/preferences')).body.addresses.mail.state).toBe('confirmed');
  const stored = await server.context.db.selectFrom('noticeAddress').select('address').executeTakeFirstOrThrow();
  expect(stored.address).not.toContain('example');
});

test('a link is void after a day, and once the address is another', async () => {
  const confirm = (token: string) =>
    server.visitor({ method: 'POST', url: '/api/notice-links/confirm', payload: { token } });
  const give = (address: string) => put('/api/notices/addresses/mail', { address }, 'organisationAdministrator');
  await give('first@example.cn');
  await send();
  const first = tokenIn(mail.received[0]?.text ?? '', 'confirm-address');
  await give('second@example.cn');
  await send();
  expect((await confirm(first)).json().refusal.code).toBe('bad_link');
  server.clock.advance(24 * HOUR_MS + 1);
  expect((await confirm(tokenIn(mail.received[1]?.text ?? '', 'confirm-address'))).json().refusal.code).toBe(
    'late_link',
  );
  await journey.call('organisationAdministrator', 'DELETE', '/api/notices/addresses/mail');
});

test.each(['zhang', 'a@b', 'a@example.cn, b@example.cn', 'a@example.cn\r\nBcc: b@example.cn', '<a@example.cn>'])(
  '%s is no address',
  async (address) => {
    const { status, body } = await put('/api/notices/addresses/mail', { address });
    expect(status).toBe(422);
    expect(body.refusal).toMatchObject({ code: 'bad_address', where: 'mail' });
  },
);

test('a return arrives as a mail that says what, why and where; nothing in it identifies a person', async () => {
  await returned();
  await send();
  const [message] = mail.received;
  expect(message?.to).toBe('zhang@example.cn');
  expect(message?.subject).toMatch(/^单位退回修改：/);
  expect(message?.text).toContain('退回的理由：请补充第三节');
  expect(message?.text).toContain('申报通知：2026年度辽宁省国际科技合作计划');
  expect(message?.text).toMatch(/去办理：http:\/\/\S+\/app\/applications\/[\da-f-]{36}/);
  expect(message?.text).not.toMatch(/\d{17}[\dX]|1[3-9]\d{9}/);
  expect(message?.headers).toMatch(/^auto-submitted: auto-generated$/im);
  expect(message?.id).toBe(`<${(await messages()).findLast(({ state }) => state === 'sent')?.id}@127.0.0.1>`);
});

test('a mail server that is down for hours: everything waits, and then each goes out once, whichever server sends it', async () => {
  const { port } = mail;
  await mail.stop();
  await returned(3);
  for (let hours = 0; hours < 5; hours += 1) {
    await send(one);
    await send(two);
    server.clock.advance(HOUR_MS);
  }
  expect((await messages()).filter(({ state }) => state === 'queued')).toHaveLength(3);
  mail = await startMailServer(port);
  await Promise.all([send(one), send(two)]);
  expect(mail.received).toHaveLength(3);
  expect(new Set(mail.received.map(({ id }) => id)).size).toBe(3);
  await Promise.all([send(one), send(two)]);
  expect(mail.received).toHaveLength(3);
});

test('lost after the whole message and before our note: it comes back after the claim, with the same id, and is marked as unsure', async () => {
  await returned();
  const lost: Carrier = {
    check: async () => undefined,
    close: () => {},
    send: async (message): Promise<Sending> => {
      await one.carriers.mail?.send(message);
      return new Promise<never>(() => {});
    },
  };
  void sendMessages(server.context, { carriers: { mail: lost }, rests: {}, clock });
  await expect.poll(() => mail.received.length).toBe(1);
  await send(two);
  expect(mail.received).toHaveLength(1);
  server.clock.advance(5 * 60_000);
  await send(two);
  expect(mail.received).toHaveLength(2);
  expect(mail.received[0]?.id).toBe(mail.received[1]?.id);
  expect((await messages()).filter(({ unsure }) => unsure)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  server.clock.advance(HOUR_MS);
  await send(two);
  expect(mail.received).toHaveLength(2);
});

test('"later" is tried again with growing pauses, and once it is taken it is sent once', async () => {
  await returned();
  let refusals = 0;
  mail.beforeTaking = () => {
    refusals += 1;
    if (refusals < 4) throw new Error('greylisted, come again');
  };
  const tried: number[] = [];
  for (let minute = 0; minute < 12; minute += 1) {
    await send();
    tried.push(refusals);
    server.clock.advance(60_000);
  }
  expect(tried).toEqual([1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]);
  expect(mail.received).toHaveLength(1);
});

test('an address that does not exist: the message fails, its owner sees why, and nothing more is sent there', async () => {
  mail.refuse = () => ({ code: 550, text: '5.1.1 no such user' });
  await returned();
  await send();
  const failed = (await messages()).filter(({ state }) => state === 'failed');
  expect(failed).toMatchObject([{ problem: expect.stringContaining('no such user') }]);
  const { addresses } = (await journey.get('applicant', '/api/notices/preferences')).body;
  expect(addresses.mail).toMatchObject({ state: 'bad', problem: expect.stringContaining('no such user') });
  const before = (await messages()).length;
  await returned();
  expect(await messages()).toHaveLength(before);

  // The system administrator sees it, without the address, and may send it again once it is mended.
  const outbox = (await journey.get('systemAdministrator', '/api/outbox?state=failed')).body;
  expect(outbox).toMatchObject({ total: 1, items: [{ about: '退回修改', personName: '申报人', state: 'failed' }] });
  expect(JSON.stringify(outbox)).not.toContain('example.cn');
  expect((await journey.get('applicant', '/api/outbox')).status).toBe(403);
  mail.refuse = () => undefined;
  await server.context.db.updateTable('noticeAddress').set({ problem: null }).execute();
  const again = `/api/outbox/${failed[0]?.id}/retry`;
  expect((await journey.call('systemAdministrator', 'POST', again)).body).toEqual({ requeued: 1 });
  expect((await journey.call('systemAdministrator', 'POST', again)).body.refusal.code).toBe('not_failed');
  await send();
  expect(mail.received).toHaveLength(1);
});

test('what one chose to have daily comes at 8:00 as one mail, without what was read meanwhile', async () => {
  const choice = { kind: 'returned', channel: 'mail', mode: 'daily' };
  expect((await put('/api/notices/preferences', choice)).status).toBe(200);
  server.clock.set('2025-11-24T21:00:00+08:00');
  await returned(3);
  const { items } = (await journey.get('applicant', '/api/notices?unread=true')).body;
  await journey.call('applicant', 'POST', `/api/notices/${items[0].id}/read`);
  server.clock.set('2025-11-25T07:59:59+08:00');
  await makeDigests(server.context, clock());
  await send();
  expect(mail.received).toEqual([]);
  server.clock.set('2025-11-25T08:00:00+08:00');
  await Promise.all([makeDigests(server.context, clock()), makeDigests(server.context, clock())]);
  await Promise.all([send(one), send(two)]);
  expect(mail.received).toMatchObject([{ subject: '科申：2条通知' }]);
  expect(mail.received[0]?.text.match(/单位退回修改/g)).toHaveLength(2);
  server.clock.set('2025-11-26T08:00:00+08:00');
  await makeDigests(server.context, clock());
  await send();
  expect(mail.received).toHaveLength(1);
});

test('the link at the foot ends mails of this kind without signing in, and nothing else', async () => {
  await put('/api/notices/preferences', { kind: 'returned', channel: 'mail', mode: 'once' });
  await returned();
  await send();
  const token = tokenIn(mail.received[0]?.text ?? '', 'unsubscribe');
  const post = (url: string, text = token) => server.visitor({ method: 'POST', url, payload: { token: text } });
  expect((await post('/api/notice-links/read-unsubscribe')).json()).toEqual({ label: '退回修改' });
  const forged = token.replace('.returned.', '.deadline.');
  expect((await post('/api/notice-links/unsubscribe', forged)).statusCode).toBe(410);
  expect((await post('/api/notice-links/unsubscribe')).statusCode).toBe(200);
  expect((await post('/api/notice-links/unsubscribe')).statusCode).toBe(200);
  const { kinds } = (await journey.get('applicant', '/api/notices/preferences')).body;
  const modes = Object.fromEntries(kinds.map((each: { kind: string; modes: object }) => [each.kind, each.modes]));
  expect(modes.returned).toEqual({ system: 'once', mail: 'off', sms: 'off' });
  expect(modes.deadline).toEqual({ system: 'once', mail: 'once', sms: 'off' });
  expect((await server.visitor({ url: '/api/notices' })).statusCode).toBe(401);
  await put('/api/notices/preferences', { kind: 'returned', channel: 'mail', mode: 'once' });
});

test('more than twenty in an hour: the rest waits for the digest', async () => {
  server.clock.advance(2 * HOUR_MS);
  await returned(22);
  await send();
  expect(mail.received).toHaveLength(20);
  server.clock.set('2025-11-27T08:00:00+08:00');
  await makeDigests(server.context, clock());
  await send();
  expect(mail.received[20]?.subject).toBe('科申：2条通知');
});

test('what must not be missed cannot be turned off in the system; what may be is off', async () => {
  const off = (kind: string) => put('/api/notices/preferences', { kind, channel: 'system', mode: 'off' });
  expect((await off('returned')).body.refusal).toMatchObject({ code: 'cannot_be_off', where: 'returned' });
  expect((await off('sharing')).status).toBe(200);
  expect(
    (await put('/api/notices/preferences', { kind: 'returned', channel: 'sms', mode: 'daily' })).body.refusal.code,
  ).toBe('only_mail_daily');
});

test('a rehearsal says so and stays in the system', async () => {
  const before = (await messages()).length;
  const rehearsal = await openTestRound(server, JOURNEY_CALL, { mode: 'rehearsal' });
  const live = roundId;
  server.clock.advance(HOUR_MS);
  roundId = rehearsal;
  await returned();
  roundId = live;
  const { items } = (await journey.get('applicant', '/api/notices')).body;
  expect(items[0]).toMatchObject({ rehearsal: true, title: expect.stringMatching(/^【演练】单位退回修改/) });
  expect(await messages()).toHaveLength(before);
});
