import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../platform/context.ts';
import type { SealAuthority, SealCredential } from '../platform/seal/index.ts';
import { openLocalAuthority } from '../platform/seal/local/local-authority.ts';
import { bringRegistersUpToDate } from '../testing/journey.ts';
import { openSealingRound, SEALING_TIME, sealingOf } from '../testing/sealing.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { sealPending } from './carry-out.ts';

let server: TestServer;
let people: ReturnType<typeof sealingOf>;
let roundId: string;
let id: string;
let authority: SealAuthority;
let of: Context['seals']['of'];
beforeAll(async () => {
  server = await startTestServer({ at: SEALING_TIME });
  await bringRegistersUpToDate(server);
  people = sealingOf(server);
  roundId = await openSealingRound(server);
  await people.enrol();
  of = server.context.seals.of;
  const found = await of(true);
  if (!found) throw new Error('no authority');
  authority = found;
}, 60_000);
afterAll(() => server.close());
beforeEach(async () => {
  server.context.seals.of = of;
  server.clock.advance(60_000);
  id = await people.submitted(roundId);
});

const actAs = (change: Partial<SealAuthority>): void => {
  server.context.seals.of = async () => ({ ...authority, ...change });
};
const finding = (change: Partial<SealCredential>): Partial<SealAuthority> => ({
  async find(...question) {
    const found = await authority.find(...question);
    return found.ok ? { ok: true, value: { ...found.value, ...change } } : found;
  },
});
const stateOf = async (kind: string) =>
  (await people.seals(id)).seals.find((seal: { kind: string }) => seal.kind === kind);

test('an expired certificate is refused with the day and what to do, before anything is ordered', async () => {
  server.clock.set('2025-11-05T09:00:00+08:00');
  const earlier = await openLocalAuthority({
    directory: `${server.context.config.dataDir}/expired`,
    production: false,
    clock: server.clock,
    validFor: 3600_000,
  });
  server.context.seals.of = async () => earlier;
  await people.enrol();
  server.clock.set('2025-11-06T10:00:00+08:00');
  const { status, body } = await people.orderBoth(id);
  expect(status).toBe(409);
  expect(body.refusal).toMatchObject({
    code: 'seal_certificate_expired',
    message: expect.stringContaining('的证书已于2025年11月5日 10:00过期'),
    remedy: expect.stringContaining('办理续期'),
  });
  const { modes } = (await people.journey.get('organisationAdministrator', '/api/organisation/seals')).body;
  expect(modes[0].certificates[0].state).toBe('ended');
});

test('a revoked certificate is refused, and shown so in the organisation’s list', async () => {
  actAs(finding({ status: 'revoked' }));
  const { body } = await people.orderBoth(id);
  expect(body.refusal).toMatchObject({ code: 'seal_certificate_revoked', remedy: expect.stringContaining('办理新的') });
  actAs(finding({ status: 'revoked' }));
  const enrolled = await people.enrol();
  expect(enrolled.body.refusals).toHaveLength(3);
  expect(enrolled.body.modes[0].certificates[0]).toMatchObject({
    state: 'unusable',
    problem: { code: 'seal_certificate_revoked' },
  });
});

test('a seal whose name is not the organisation’s is refused, also when the credit code is right', async () => {
  await server.context.db
    .updateTable('organisation')
    .set({ name: '测试大学（新名）' })
    .where('name', '=', '测试大学')
    .execute();
  const old = { name: '测试大学', unifiedSocialCreditCode: '91210100MA0YANL1XK' };
  actAs({
    find: (subject, ...question) => authority.find({ ...subject, organisation: old }, ...question),
  });
  try {
    const { body } = await people.orderBoth(id);
    expect(body.refusal).toMatchObject({
      code: 'seal_of_another',
      message: expect.stringContaining('与测试大学（新名）的单位公章不符'),
      remedy: expect.stringContaining('请先更换电子印章'),
    });
  } finally {
    await server.context.db
      .updateTable('organisation')
      .set({ name: '测试大学' })
      .where('name', '=', '测试大学（新名）')
      .execute();
  }
});

test('a forged time-stamp is no seal: nothing counts, and it is tried again', async () => {
  const stranger = await openLocalAuthority({
    directory: `${server.context.config.dataDir}/stranger`,
    production: false,
    clock: server.clock,
  });
  await people.orderBoth(id);
  actAs({ timestamp: (imprint) => stranger.timestamp(imprint) });
  await expect(sealPending(server.context)).rejects.toThrow('does not verify');
  expect(await stateOf('leadOrganisation')).toMatchObject({ state: 'requested' });
  expect((await people.forward(id)).body.refusal.code).toBe('seal_under_way');
  server.context.seals.of = of;
  server.clock.advance(60_000);
  expect(await people.settled(id)).toMatchObject({ complete: true });
});

test('a service that does not answer: the order waits, says so, is tried later and later, and asks under one name', async () => {
  await people.orderBoth(id);
  const names: string[] = [];
  // It has signed, and its answer is lost on the way.
  actAs({
    sign: async (request) => {
      names.push(request.requestId);
      await authority.sign(request);
      throw new Error('timeout');
    },
  });
  for (const pause of [0, 10, 30, 60]) {
    server.clock.advance(pause * 1000);
    await expect(sealPending(server.context)).rejects.toThrow('timeout');
    await sealPending(server.context);
  }
  expect(names).toHaveLength(4);
  expect(new Set(names).size).toBe(1);
  expect(await stateOf('leadOrganisation')).toMatchObject({
    state: 'requested',
    problem: { code: 'seal_service_silent', message: '演练印章机构暂时没有应答。' },
  });
  for (const pause of [120, 300, 600]) {
    server.clock.advance(pause * 1000);
    await expect(sealPending(server.context)).rejects.toThrow('timeout');
  }
  expect(await stateOf('leadOrganisation')).toMatchObject({
    state: 'failed',
    problem: { remedy: expect.stringContaining('请稍后重新盖章') },
  });
  server.context.seals.of = of;
  await people.orderBoth(id);
  expect(await people.settled(id)).toMatchObject({ complete: true });
});

test('an answer that comes twice is one seal', async () => {
  await people.orderBoth(id);
  actAs({
    sign: async (request) => {
      await authority.sign(request);
      return authority.sign(request);
    },
  });
  await Promise.all([people.settled(id), people.settled(id)]);
  const events = await server.context.db
    .selectFrom('event')
    .select('id')
    .where('applicationId', '=', id)
    .where('action', '=', 'sealApplication')
    .where('outcome', '=', 'done')
    .execute();
  expect(events).toHaveLength(3);
});

test('a file that was altered after sealing is not forwarded: the refusal says what does not hold', async () => {
  await people.orderBoth(id);
  await people.settled(id);
  const { files } = server.context;
  const { read } = files;
  const { Readable } = await import('node:stream');
  const { buffer } = await import('node:stream/consumers');
  const altered = async (sha256: string) => {
    const bytes = await buffer(read(sha256));
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    return bytes;
  };
  files.read = (sha256) =>
    Readable.from(
      (async function* () {
        yield await altered(sha256);
      })(),
    );
  try {
    const { status, body } = await people.forward(id);
    expect(status).toBe(409);
    expect(body.refusal).toMatchObject({
      code: 'seal_unsound',
      message: expect.stringMatching(/没有通过核验，不能提交：.*改动/),
      clause: { id: 'NM-2.1.4' },
    });
    const report = await people.journey.get('organisationAdministrator', `/api/applications/${id}/seals/report`);
    expect(report.body.sound).toBe(false);
  } finally {
    files.read = read;
  }
});

test('a live round without a licensed service: sealing is refused with what the system’s administrator does', async () => {
  const live = await openSealingRound(server, 'live');
  const liveId = await people.submitted(live);
  const { status, body } = await people.orderBoth(liveId);
  expect([status, body.refusal.code]).toEqual([409, 'seal_service_missing']);
  expect(body.refusal.remedy).toContain('接入取得许可的电子认证机构');
  expect((await people.enrol('live')).body.refusal.code).toBe('seal_service_missing');
});

test('seven days before the window ends, and not earlier, the organisation without usable seals is reminded', async () => {
  await server.context.db.deleteFrom('sealCertificate').execute();
  const reminders = async () =>
    (await people.journey.get('organisationAdministrator', '/api/organisation/seals')).body.reminders.filter(
      ({ mode }: { mode: string }) => mode === 'rehearsal',
    );
  server.clock.set('2025-11-07T15:59:59.999+08:00');
  expect(await reminders()).toEqual([]);
  server.clock.set('2025-11-07T16:00:00+08:00');
  expect(await reminders()).toMatchObject([
    {
      missing: ['牵头单位公章', '法定代表人名章（或签字）'],
      closes: '2025-11-14T08:00:00.000Z',
      clause: { id: 'NM-2.1.4', at: '二（一）4' },
    },
  ]);
  await people.enrol();
  expect(await reminders()).toEqual([]);
});
