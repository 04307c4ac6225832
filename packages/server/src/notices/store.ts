import type { NoticeMode } from '@keshen/rules';
import type { Insertable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';
import type { Channel } from '../platform/messaging/index.ts';
import type { QuietHours } from './hours.ts';

/** What each of the people chose, by `person kind channel`. */
export async function preferencesOf(db: Db, people: readonly string[]): Promise<Map<string, NoticeMode>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('noticePreference')
    .selectAll()
    .where((where) => where('personId', '=', where.fn.any(where.val([...people]))))
    .execute();
  return new Map(rows.map(({ personId, kind, channel, mode }) => [`${personId} ${kind} ${channel}`, mode]));
}

/** Answers those that were new: what a person was told already is left as it is. */
export async function insertNotices(trx: Trx, notices: Insertable<Database['notice']>[]) {
  if (notices.length === 0) return [];
  return trx
    .insertInto('notice')
    .values(notices)
    .onConflict((conflict) => conflict.columns(['personId', 'key']).doNothing())
    .returning(['id', 'personId', 'key'])
    .execute();
}

/** `person channel` of every address that is confirmed and takes messages. */
export async function reachedBy(db: Db, people: readonly string[]): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const rows = await db
    .selectFrom('noticeAddress')
    .select(['personId', 'channel'])
    .where((where) => where('personId', '=', where.fn.any(where.val([...people]))))
    .where('confirmedAt', 'is not', null)
    .where('problem', 'is', null)
    .execute();
  return new Set(rows.map(({ personId, channel }) => `${personId} ${channel}`));
}

/** How many messages each of the people was sent by a channel since then, by `person channel`. */
export async function sentSince(db: Db, people: readonly string[], since: Date): Promise<Map<string, number>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('noticeMessage')
    .select((select) => ['personId', 'channel', select.fn.countAll<number>().as('count')])
    .where((where) => where('personId', '=', where.fn.any(where.val([...people]))))
    .where('madeAt', '>', since)
    .where('purpose', '=', 'notice')
    .where('state', 'in', ['queued', 'sending', 'sent'])
    .groupBy(['personId', 'channel'])
    .execute();
  return new Map(rows.map(({ personId, channel, count }) => [`${personId} ${channel}`, count]));
}

export async function quietHoursOf(db: Db, people: readonly string[]): Promise<Map<string, QuietHours>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('noticeQuiet')
    .selectAll()
    .where((where) => where('personId', '=', where.fn.any(where.val([...people]))))
    .execute();
  return new Map(rows.map(({ personId, ...hours }) => [personId, hours]));
}

export type NewMessage = {
  personId: string;
  channel: Channel;
  noticeId: string;
  state: 'gathering' | 'queued' | 'dropped';
  madeAt: Date;
  notBefore: Date;
  problem?: string;
};

export async function insertMessages(trx: Trx, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await trx
    .insertInto('noticeMessage')
    .values(messages.map((message) => ({ ...message, purpose: 'notice' as const })))
    .execute();
}
