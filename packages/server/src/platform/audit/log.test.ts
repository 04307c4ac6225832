import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../testing/database.ts';
import { connectAsOwner } from '../db/connect.ts';
import type { Db } from '../db/schema.ts';
import { type Event, record } from './log.ts';
import { verifyChains } from './verify-chains.ts';

let db: Db;
beforeAll(async () => {
  db = connectAsOwner(await freshDatabase());
});
afterAll(() => db.destroy());

const event = (subjectId: string, detail: Event['detail'] = {}): Event => ({
  at: new Date('2026-04-01T09:00:00.123+08:00'),
  action: 'test',
  outcome: 'done',
  subjectKind: 'thing',
  subjectId,
  detail,
});
const append = (one: Event) => db.transaction().execute((trx) => record(trx, one));

test('writers of one subject at the same moment make one chain', async () => {
  const subject = randomUUID();
  await Promise.all(Array.from({ length: 30 }, (_, index) => append(event(subject, { index, 说明: '并发' }))));
  expect(await verifyChains(db)).toEqual({ events: 30, chains: 1, broken: [] });
});

test('a changed event is found, though the database was made to accept the change', async () => {
  await append(event(randomUUID(), { amount: 1 }));
  await sql`alter table event disable trigger event_is_frozen`.execute(db);
  const { rows } = await sql<{ id: number }>`
    update event set detail = '{"amount": 2}' where id = (select max(id) from event) returning id`.execute(db);
  await sql`alter table event enable trigger event_is_frozen`.execute(db);
  expect((await verifyChains(db)).broken).toMatchObject([{ event: rows[0]?.id, why: 'content' }]);
});

test('the database itself refuses to change or delete an event', async () => {
  await expect(sql`delete from event`.execute(db)).rejects.toThrow('never change');
});

test('one chain can be looked at alone', async () => {
  const subject = randomUUID();
  await append(event(subject));
  await append(event(subject));
  expect(await verifyChains(db, { kind: 'thing', id: subject })).toEqual({ events: 2, chains: 1, broken: [] });
});

test('numbers of people that slip into a detail are masked before they are written', async () => {
  const subject = randomUUID();
  await append(event(subject, { message: '证件号码210102197001010018、手机13812345678' }));
  const row = await db.selectFrom('event').select('detail').where('subjectId', '=', subject).executeTakeFirst();
  expect(row?.detail).toEqual({ message: '证件号码210102********0018、手机138****5678' });
});
