import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../testing/database.ts';
import { connectAsOwner } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { signerWith } from '../signing/index.ts';
import { forgetReadings } from './forget-readings.ts';
import { gatherRoots, stampRoots, type TimeStamper } from './gather-roots.ts';
import { eventHash, record } from './log.ts';
import { merkleProof, merkleRoot, rootOfProof } from './merkle.ts';
import { checkReceipt, issueReceipt } from './receipt.ts';
import { lastDone } from './store-receipts.ts';
import { verifyChains } from './verify-chains.ts';
import { hashOf } from './root.ts';
import { type ReadStamp, verifyRoots } from './verify-roots.ts';

const signer = signerWith(generateKeyPairSync('ed25519').privateKey);
const NOW = new Date('2026-04-01T10:00:00+08:00');

/** An authority whose token is the imprint and the time in clear. */
const stamper: TimeStamper = {
  name: '测试时间戳',
  timestamp: async (imprint) => Buffer.concat([imprint, Buffer.from(NOW.toISOString())]),
};
const readStamp: ReadStamp = async (token, stamped) =>
  Buffer.from(token.subarray(0, 32)).toString('hex') === hashOf(stamped)
    ? { at: new Date(Buffer.from(token.subarray(32)).toString()) }
    : '不是这个根的';

let db: Kysely<Database>;
const opened: Kysely<Database>[] = [];
beforeEach(async () => {
  db = connectAsOwner(await freshDatabase(), 8);
  opened.push(db);
});
afterAll(() => Promise.all(opened.map((one) => one.destroy())));

const append = (subjectId: string, action = 'submit') =>
  db
    .transaction()
    .execute((trx) =>
      record(trx, { at: NOW, action, outcome: 'done', subjectKind: 'application', subjectId, detail: { amount: 1 } }),
    );
const gather = () => gatherRoots({ db, signer }, NOW);
const roots = () => verifyRoots(db, signer.publicKey, readStamp);
const tamper = async (...statements: ReturnType<typeof sql>[]) => {
  await sql`alter table event disable trigger user`.execute(db);
  for (const statement of statements) await statement.execute(db);
  await sql`alter table event enable trigger user`.execute(db);
};

test('a proof leads from every leaf of trees of every size to the root, and from nothing else', () => {
  for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 31, 33]) {
    const leaves = Array.from({ length: size }, () => randomBytes(32));
    const root = merkleRoot(leaves);
    for (const [index, leaf] of leaves.entries()) {
      const proof = merkleProof(leaves, index);
      expect(rootOfProof(leaf, index, size, proof)).toEqual(root);
      expect(rootOfProof(randomBytes(32), index, size, proof)).not.toEqual(root);
      expect(rootOfProof(leaf, index, size, [...proof, randomBytes(32)])).not.toEqual(root);
    }
  }
});

test('roots cover the log without a gap; several processes that gather at once make one', async () => {
  for (let at = 0; at < 5; at += 1) await append(`a${at % 2}`);
  expect((await Promise.all([gather(), gather(), gather()])).toSorted()).toEqual([0, 0, 1]);
  expect(await gather()).toBe(0);
  await append('a0');
  expect(await gather()).toBe(1);
  await stampRoots(db, stamper, () => NOW);
  expect(await roots()).toEqual({ roots: 2, stamped: 2, covered: 6, faults: [] });
});

test('an event under way while a root is made is in the next one, whatever its number', async () => {
  await append('a');
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = db.transaction().execute(async (trx) => {
    await record(trx, { at: NOW, action: 'slow', outcome: 'done', subjectKind: 'thing', subjectId: 'slow' });
    await held;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const gathering = gather();
  release();
  await slow;
  await gathering;
  await append('a');
  await gather();
  expect(await roots()).toMatchObject({ covered: 3, faults: [] });
});

test('a root waits two seconds for a writer and leaves it for later', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = db.transaction().execute(async (trx) => {
    await record(trx, { at: NOW, action: 'slow', outcome: 'done', subjectKind: 'thing', subjectId: 'slow' });
    await held;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await gather()).toBe(0);
  release();
  await slow;
  expect(await gather()).toBe(1);
});

test('a row rewritten together with its hash, and every hash after it, is named by the root alone', async () => {
  for (const subject of ['a', 'b', 'a', 'a']) await append(subject);
  await gather();
  const rows = await db.selectFrom('event').selectAll().where('subjectId', '=', 'a').orderBy('id').execute();
  let previous = rows[0]?.previousHash ?? '';
  const rewrites = rows.slice().map(({ id, previousHash: _p, hash: _h, ...row }, index) => {
    const forged = { ...row, detail: index === 1 ? { amount: 2 } : row.detail };
    const hash = eventHash(previous, forged);
    const statement = sql`update event set detail = ${JSON.stringify(forged.detail)}, previous_hash = ${previous},
      hash = ${hash} where id = ${id}`;
    previous = hash;
    return statement;
  });
  await tamper(...rewrites);
  expect((await verifyChains(db)).broken).toEqual([]);
  expect((await roots()).faults).toEqual([
    { root: 1, madeAt: NOW, why: '这一段日志与当时固定的不一致', event: rows[1]?.id },
  ]);
});

test('the end of a chain that was cut off, and an event that was slipped in, are found', async () => {
  for (const subject of ['a', 'b', 'a']) await append(subject);
  await gather();
  await append('c');
  await tamper(sql`delete from event where id = 3`);
  expect((await verifyChains(db)).broken).toEqual([]);
  expect((await roots()).faults).toMatchObject([{ root: 1, event: 3 }]);
});

test('a root that was forged with its leaves lacks the signature, and one that was left out tears the order', async () => {
  for (const subject of ['a', 'b', 'c']) {
    await append(subject);
    await gather();
  }
  await sql`alter table log_root disable trigger log_root_is_frozen`.execute(db);
  await sql`update log_root set statement = replace(statement, '"events":1', '"events":2') where ordinal = 3`.execute(
    db,
  );
  await sql`delete from log_root where ordinal = 2`.execute(db);
  const faults = (await roots()).faults.filter(({ root }) => root === 3).map(({ why }) => why);
  expect(faults).toEqual(['根的签名不对', '与前一个根接不上', '根的内容前后不一致']);
});

test('the database refuses to change or empty log, roots and stamps', async () => {
  await append('a');
  await gather();
  await stampRoots(db, stamper, () => NOW);
  for (const statement of [
    sql`update log_root set hash = 'x'`,
    sql`delete from log_root`,
    sql`delete from log_stamp`,
    sql`truncate event cascade`,
    sql`truncate log_root cascade`,
  ]) {
    await expect(statement.execute(db)).rejects.toThrow('never change');
  }
});

test('a root is made while the time-stamping authority is away, and stamped when it is back', async () => {
  await append('a');
  await gather();
  const away: TimeStamper = { name: 'x', timestamp: () => Promise.reject(new Error('away')) };
  await expect(stampRoots(db, away, () => NOW)).rejects.toThrow('away');
  expect(await roots()).toMatchObject({ roots: 1, stamped: 0, faults: [] });
  expect(await stampRoots(db, stamper, () => NOW)).toBe(1);
  const early: ReadStamp = async () => ({ at: new Date(NOW.getTime() - 600_000) });
  expect((await verifyRoots(db, signer.publicKey, early)).faults).toMatchObject([
    { why: '时间戳早于根形成的时间，服务器的时钟可能不准' },
  ]);
});

test('old records of signing in are forgotten after months, younger ones and other kinds never, and the log is still proved', async () => {
  const signIn = (at: string, subjectKind = 'login') =>
    db
      .transaction()
      .execute((trx) =>
        record(trx, { at: new Date(at), action: 'signIn', outcome: 'refused', subjectKind, subjectId: 'zhang' }),
      );
  for (const at of ['2020-01-01', '2020-02-01', '2020-09-01']) await signIn(at);
  await signIn('2020-01-01', 'person');
  const later = new Date('2020-09-02');
  expect(await forgetReadings(db, 6, later)).toBe(0);
  await gather();
  expect(await forgetReadings(db, 6, later)).toBe(2);
  expect(await db.selectFrom('event').select('id').orderBy('id').execute()).toMatchObject([{ id: 3 }, { id: 4 }, {}]);
  expect((await verifyChains(db)).broken).toEqual([]);
  expect((await roots()).faults).toEqual([]);
  await expect(sql`delete from event where id = 4`.execute(db)).rejects.toThrow('never change');
  await tamper(sql`update event set previous_hash = ${'1'.repeat(64)} where id = 3`);
  expect((await verifyChains(db)).broken).toMatchObject([{ event: 3 }]);
});

test('the database itself lets no record of the last six months go', async () => {
  const at = new Date();
  await db
    .transaction()
    .execute((trx) => record(trx, { at, action: 'signIn', outcome: 'refused', subjectKind: 'login', subjectId: 'li' }));
  await gather();
  const later = new Date(at);
  later.setUTCFullYear(later.getUTCFullYear() + 1);
  await expect(forgetReadings(db, 6, later)).rejects.toThrow('never change');
});

test('a receipt holds against the log, with a root and without; a changed log or receipt does not', async () => {
  const id = randomUUID();
  await append(id, 'createApplication');
  await append(id, 'submit');
  const event = await lastDone(db, id, ['submit']);
  if (!event) throw new Error('no event');
  const checking = { db, publicKey: signer.publicKey, readStamp };
  const verdict = async (receipt: Parameters<typeof checkReceipt>[1]) =>
    (await checkReceipt(checking, receipt)).filter(({ ok }) => !ok).map(({ text }) => text);

  const early = await issueReceipt({ db, signer }, event, { number: 'T-1' }, NOW);
  expect(early).toMatchObject({ position: 2, chain: `application:${id}`, action: 'submit' });
  expect(await verdict(early)).toEqual([]);
  await append('other');
  await gather();
  await stampRoots(db, stamper, () => NOW);
  const late = await issueReceipt({ db, signer }, event, { number: 'T-1' }, NOW);
  expect(late.root?.proof).toHaveLength(2);
  expect(await verdict(late)).toEqual([]);
  expect((await checkReceipt(checking, late)).at(-1)?.text).toContain('时间戳证明');

  expect(await verdict({ ...late, at: '2020-01-01T00:00:00.000Z' })).toEqual([
    '回执不是本系统签发的，或者内容被改动过',
    '日志里的记录与回执不一致',
  ]);
  await tamper(sql`update event set detail = '{"amount":3}' where subject_id = ${id} and action = 'createApplication'`);
  expect(await verdict(early)).toEqual(['这条记录之前的记录有改动']);
  await tamper(sql`delete from event where subject_id = ${id}`);
  expect(await verdict(late)).toEqual(['日志里没有这条记录']);
});
