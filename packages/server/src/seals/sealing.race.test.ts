import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../platform/context.ts';
import { type SealAuthority, verifyDocument } from '../platform/seal/index.ts';
import { bringRegistersUpToDate } from '../testing/journey.ts';
import { addPerson } from '../testing/people.ts';
import { openSealingRound, SEALING_TIME, sealingOf } from '../testing/sealing.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { HOLD_MS, sealPending } from './carry-out.ts';

let server: TestServer;
let people: ReturnType<typeof sealingOf>;
let roundId: string;
let id: string;
let authority: SealAuthority;
beforeAll(async () => {
  server = await startTestServer({ at: SEALING_TIME });
  await bringRegistersUpToDate(server);
  people = sealingOf(server);
  roundId = await openSealingRound(server);
  await people.enrol();
  const found = await server.context.seals.of(true);
  if (!found) throw new Error('no authority');
  authority = found;
}, 60_000);
afterAll(() => server.close());
beforeEach(async () => {
  server.clock.advance(60_000);
  id = await people.submitted(roundId);
});

const orders = () =>
  server.context.db
    .selectFrom('sealOrder')
    .select(['kind', 'state', 'resultSha256', 'orderedBy'])
    .where('applicationId', '=', id)
    .orderBy('kind')
    .execute();
const never = <T>(): Promise<T> => new Promise<T>(() => {});
const withAuthority = (change: Partial<SealAuthority>): Context => ({
  ...server.context,
  seals: { ...server.context.seals, of: async () => ({ ...authority, ...change }) },
});
/** A process that comes to this point and is killed: it never goes on, and nothing tidies up after it. */
const killedAt = async (context: Context, reached: Promise<unknown>): Promise<void> => {
  void sealPending(context);
  await reached;
};
/** The sealed file is whole, sound and carries each seal once. */
const expectSealed = async (): Promise<void> => {
  const present = await people.seals(id);
  expect(present).toMatchObject({ complete: true, signature: { state: 'sealed' } });
  const file = await people.download(id);
  const report = await verifyDocument(file, {
    anchors: await server.context.seals.anchors(),
    at: server.clock.now(),
  });
  expect(report.sound).toBe(true);
  expect(report.signatures.map(({ kind }) => kind).toSorted()).toEqual(['leadOrganisation', 'legalRepresentative']);
};

test('pressed twice, and by two administrators at once: one order and one seal of each kind', async () => {
  // A deputy, as a delegation makes one.
  await sql`drop index one_administrator_an_organisation`.execute(server.context.db);
  const second = await addPerson(server.context.db, 'second-administrator', '另一位单位管理员', [
    ...server.house.people.organisationAdministrator.grants,
  ]);
  const { source } = (await people.print(id)).body;
  const send = (who: Parameters<typeof people.journey.call>[0], places: object) =>
    people.journey.call(who, 'POST', `/api/applications/${id}/seals`, { source, places });
  const answers = await Promise.all([
    send('organisationAdministrator', { leadOrganisation: 3, legalRepresentative: 2 }),
    send('organisationAdministrator', { leadOrganisation: 3, legalRepresentative: 2 }),
    send(second, { leadOrganisation: 1, legalRepresentative: 0 }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  const ordered = await orders();
  expect(ordered.map(({ kind }) => kind)).toEqual(['leadOrganisation', 'legalRepresentative']);
  expect(new Set(ordered.map(({ orderedBy }) => orderedBy)).size).toBe(1);
  await Promise.all([sealPending(server.context), sealPending(server.context), sealPending(server.context)]);
  await expectSealed();
  const logged = await server.context.db
    .selectFrom('event')
    .select('id')
    .where('applicationId', '=', id)
    .where('action', '=', 'sealApplication')
    .execute();
  expect(logged).toHaveLength(3);
  expect((await send('organisationAdministrator', { leadOrganisation: 3 })).status).toBe(202);
  await sealPending(server.context);
  expect(await orders()).toMatchObject([{ state: 'sealed' }, { state: 'sealed' }, { state: 'sealed' }]);
});

test('killed while the authority signs: the next process waits out the hold, asks for the same under the same name, and finishes', async () => {
  await people.orderBoth(id);
  const names: string[] = [];
  let reached = (): void => {};
  const signing = new Promise<void>((resolve) => (reached = resolve));
  await killedAt(
    withAuthority({
      sign: (request) => {
        names.push(request.requestId);
        reached();
        return never();
      },
    }),
    signing,
  );
  await sealPending(server.context);
  expect((await orders()).every(({ state }) => state === 'requested')).toBe(true);
  server.clock.advance(HOLD_MS + 1);
  const asked: string[] = [];
  await sealPending(
    withAuthority({
      sign: (request) => {
        asked.push(request.requestId);
        return authority.sign(request);
      },
    }),
  );
  expect(asked[0]).toBe(names[0]);
  await expectSealed();
});

test('killed after the authority signed and before the file was kept: it is asked for again, and one seal comes of it', async () => {
  await people.orderBoth(id);
  let reached = (): void => {};
  const keeping = new Promise<void>((resolve) => (reached = resolve));
  const { files } = server.context;
  const receive: typeof files.receive = () => {
    reached();
    return never();
  };
  await killedAt({ ...server.context, files: { ...files, receive } }, keeping);
  expect((await orders())[0]).toMatchObject({ state: 'requested', resultSha256: expect.any(String) });
  server.clock.advance(HOLD_MS + 1);
  await sealPending(server.context);
  await expectSealed();
});

test('killed after the file was kept and before it was noted: the file is found by its hash, and nobody signs a second time', async () => {
  await people.orderBoth(id);
  let reached = (): void => {};
  const kept = new Promise<void>((resolve) => (reached = resolve));
  const { files } = server.context;
  const receive: typeof files.receive = async (source, limit) => {
    const reception = await files.receive(source, limit);
    if (reception.ok) {
      await reception.file.keep();
      reached();
    }
    return never();
  };
  await killedAt({ ...server.context, files: { ...files, receive } }, kept);
  const [interrupted] = await orders();
  expect(interrupted?.state).toBe('requested');
  server.clock.advance(HOLD_MS + 1);
  let signed = 0;
  await sealPending(
    withAuthority({
      sign: (request) => {
        signed += 1;
        return authority.sign(request);
      },
    }),
  );
  // The representative's seal and the SM2 signature; the organisation's own was there.
  expect(signed).toBe(2);
  expect((await orders())[0]).toMatchObject({ state: 'sealed', resultSha256: interrupted?.resultSha256 });
  await expectSealed();
});

test('returned while it is being sealed: the seal that comes too late does not count, and says why', async () => {
  await people.orderBoth(id);
  let reached = (): void => {};
  let goOn = (): void => {};
  const signing = new Promise<void>((resolve) => (reached = resolve));
  const waiting = new Promise<void>((resolve) => (goOn = resolve));
  const sealing = sealPending(
    withAuthority({
      sign: async (request) => {
        reached();
        await waiting;
        return authority.sign(request);
      },
    }),
  );
  await signing;
  const returned = await people.journey.step('organisationAdministrator', id, 'returnByOrganisation', {
    reason: '补充',
  });
  expect(returned.status).toBe(200);
  goOn();
  await sealing;
  expect(await orders()).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
  await people.journey.step('applicant', id, 'submit');
  await people.journey.answerAll('organisationAdministrator', id, 'organisation');
  expect((await people.forward(id)).body.refusal.code).toBe('seal_missing');
});

test('ordered from a page that shows the version before: nothing is sealed', async () => {
  const { source } = (await people.print(id)).body;
  await people.journey.step('organisationAdministrator', id, 'returnByOrganisation', { reason: '补充' });
  server.clock.advance(60_000);
  await people.journey.step('applicant', id, 'submit');
  await people.print(id);
  const { status, body } = await people.order(id, { source, places: { leadOrganisation: 3 } });
  expect([status, body.refusal.code]).toEqual([409, 'seal_another_version']);
});

test('forwarded by two at once while the last seal is being placed: it leaves sealed or not at all', async () => {
  await people.orderBoth(id);
  const [, ...forwards] = await Promise.all([
    sealPending(server.context),
    people.forward(id),
    people.forward(id),
    people.forward(id),
  ]);
  const refusals = forwards.filter(({ status }) => status !== 200).map(({ body }) => body.refusal.code);
  expect(refusals.every((code) => /^seal_(missing|under_way)$/.test(code))).toBe(true);
  expect((await people.forward(id)).status).toBe(200);
  await expectSealed();
});
