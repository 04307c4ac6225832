import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../testing/database.ts';
import { connect } from '../platform/db/connect.ts';
import type { Db } from '../platform/db/schema.ts';
import { type Event, record, verifyLog } from '../platform/audit/log.ts';

let db: Db;
beforeAll(async () => {
  db = connect(await freshDatabase());
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
  expect(await verifyLog(db)).toEqual({ events: 30, broken: [] });
});

test('a changed event is found, though the database was made to accept the change', async () => {
  await append(event(randomUUID(), { amount: 1 }));
  await sql`alter table event disable trigger event_is_frozen`.execute(db);
  const { rows } = await sql<{ id: number }>`
    update event set detail = '{"amount": 2}' where id = (select max(id) from event) returning id`.execute(db);
  await sql`alter table event enable trigger event_is_frozen`.execute(db);
  expect((await verifyLog(db)).broken).toEqual([rows[0]?.id]);
});

test('the database itself refuses to change or delete an event', async () => {
  await expect(sql`delete from event`.execute(db)).rejects.toThrow('never change');
});
