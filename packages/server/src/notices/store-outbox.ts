import type { Database, Db } from '../platform/db/schema.ts';
import { containing } from '../platform/http/paging.ts';
import type { Channel } from '../platform/messaging/index.ts';

export type MessageState = Database['noticeMessage']['state'];
export const MESSAGE_STATES = [
  'queued',
  'sending',
  'failed',
  'sent',
  'gathering',
  'gathered',
  'dropped',
] as const satisfies readonly MessageState[];

export type OutboxFilter = { q?: string; state?: MessageState; channel?: Channel; offset: number; limit: number };

/** Messages without their text and their address: who runs the system need not read them. */
export async function listMessages(db: Db, { q, state, channel, offset, limit }: OutboxFilter) {
  let found = db
    .selectFrom('noticeMessage as m')
    .innerJoin('person', 'person.id', 'm.personId')
    .leftJoin('notice', 'notice.id', 'm.noticeId');
  if (state) found = found.where('m.state', '=', state);
  if (channel) found = found.where('m.channel', '=', channel);
  if (q) {
    const pattern = containing(q);
    found = found.where((where) =>
      where.or([
        where('person.name', 'ilike', pattern),
        where('person.login', 'ilike', pattern),
        where('m.problem', 'ilike', pattern),
      ]),
    );
  }
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const items = await found
    .select(['m.id', 'm.channel', 'm.purpose', 'm.state', 'm.attempts', 'm.unsure', 'm.problem'])
    .select(['m.madeAt', 'm.notBefore', 'm.sentAt', 'notice.kind', 'person.name as personName', 'person.login'])
    .orderBy('m.madeAt', 'desc')
    .orderBy('m.id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { items, total };
}

export async function countMessages(db: Db): Promise<Partial<Record<MessageState, number>>> {
  const rows = await db
    .selectFrom('noticeMessage')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Events not told yet, and those of them that could not be. */
export const listCauses = (db: Db, onlyStuck: boolean) =>
  db
    .selectFrom('noticeCause')
    .innerJoin('event', 'event.id', 'noticeCause.eventId')
    .select(['eventId', 'event.action', 'queuedAt', 'noticeCause.attempts', 'noticeCause.problem'])
    .$if(onlyStuck, (query) => query.where('noticeCause.problem', 'is not', null))
    .orderBy('eventId')
    .limit(100)
    .execute();

/** Puts what failed back in the queue, one or all; answers how many. */
export async function requeue(db: Db, id: string | undefined, now: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('noticeMessage')
    .set({ state: 'queued', notBefore: now, attempts: 0 })
    .where('state', '=', 'failed')
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export const retryCauses = (db: Db, now: Date) =>
  db.updateTable('noticeCause').set({ notBefore: now }).where('problem', 'is not', null).execute();

/** Queued messages that should have gone out before then. */
export const overdueMessages = (db: Db, before: Date) =>
  db
    .selectFrom('noticeMessage')
    .select(['id', 'channel', 'problem'])
    .where('state', 'in', ['queued', 'sending'])
    .where('madeAt', '<', before)
    .where('notBefore', '<', before)
    .orderBy('madeAt')
    .limit(100)
    .execute();

/** Events to be told and messages, of whatever state. */
export async function countAll(db: Db): Promise<number> {
  const count = async (table: 'noticeCause' | 'noticeMessage'): Promise<number> =>
    (
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count;
  return (await count('noticeCause')) + (await count('noticeMessage'));
}
