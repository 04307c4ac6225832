import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import type { Channel } from '../platform/messaging/index.ts';
import { keysOf, ownerOf } from '../platform/secrets/index.ts';

/** How long a message may be under way before another server takes it up, ms. Longer than every patience of a carrier together. */
const CLAIM_MS = 5 * 60_000;

/**
 * Takes the next message that is due for oneself. One that was under way when its server was lost comes back when its time is over, marked
 * as unsure: the other side may have it already.
 */
export const claimMessage = (db: Db, channels: readonly Channel[], now: Date) =>
  db
    .updateTable('noticeMessage')
    .set((set) => ({
      state: 'sending',
      attempts: set('attempts', '+', 1),
      claimedUntil: new Date(now.getTime() + CLAIM_MS),
      unsure: sql<boolean>`unsure or state = 'sending'`,
    }))
    .where(
      'id',
      '=',
      db
        .selectFrom('noticeMessage')
        .select('id')
        .where('channel', 'in', [...channels])
        .where((where) =>
          where.or([
            where.and([where('state', '=', 'queued'), where('notBefore', '<=', now)]),
            where.and([where('state', '=', 'sending'), where('claimedUntil', '<=', now)]),
          ]),
        )
        .orderBy('notBefore')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();

export type MessageRow = NonNullable<Awaited<ReturnType<typeof claimMessage>>>;

type Done = { state: 'sent'; sentAt: Date; problem: null } | { state: 'failed' | 'dropped'; problem: string };
type Again = { state: 'queued'; notBefore: Date; problem: string; unsure: boolean };

/** Only whoever still holds it may say what came of it. */
export const settleMessage = ({ db, row }: { db: Db; row: MessageRow }, outcome: Done | Again) =>
  db
    .updateTable('noticeMessage')
    .set({ ...outcome, claimedUntil: null })
    .where('id', '=', row.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', row.attempts)
    .execute();

/** Where the person is reached by the channel, in clear. */
export async function addressOf(db: Db, personId: string, channel: Channel) {
  const row = await db
    .selectFrom('noticeAddress')
    .innerJoin('person', 'person.id', 'noticeAddress.personId')
    .select(['noticeAddress.id', 'address', 'confirmedAt', 'givenAt', 'problem', 'person.name', 'person.disabledAt'])
    .where('personId', '=', personId)
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row && { ...row, address: (await keysOf(db)).open(ownerOf.person(personId), row.address) };
}

export type Address = NonNullable<Awaited<ReturnType<typeof addressOf>>>;

export const noteBadAddress = (db: Db, id: string, problem: string) =>
  db.updateTable('noticeAddress').set({ problem }).where('id', '=', id).execute();

const items = (db: Db) =>
  db
    .selectFrom('notice as n')
    .select(['n.id', 'n.kind', 'n.title', 'n.facts', 'n.toDo', 'n.link', 'n.madeAt', 'n.uselessFrom', 'n.readAt']);

export const noticeOf = (db: Db, id: string) => items(db).where('n.id', '=', id).executeTakeFirst();

/** What a digest carries, in the order of time. */
export const noticesOfDigest = (db: Db, digestId: string) =>
  items(db)
    .innerJoin('noticeMessage as m', 'm.noticeId', 'n.id')
    .where('m.digestId', '=', digestId)
    .orderBy('n.madeAt')
    .orderBy('n.id')
    .execute();

export type NoticeText = NonNullable<Awaited<ReturnType<typeof noticeOf>>>;

/** The people for whom something has been gathered that is due, a batch of them. */
export async function peopleWithDigest(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('noticeMessage')
    .select('personId')
    .where('state', '=', 'gathering')
    .where('notBefore', '<=', now)
    .distinct()
    .limit(500)
    .execute();
  return rows.map(({ personId }) => personId);
}

/** One server after the other, for a person. */
export const lockDigestOf = (trx: Trx, personId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`digest:${personId}`}, 0))`.execute(trx);

export const gatheredFor = (trx: Trx, personId: string, now: Date) =>
  trx
    .selectFrom('noticeMessage as m')
    .innerJoin('notice as n', 'n.id', 'm.noticeId')
    .select(['m.id', 'n.readAt', 'n.uselessFrom'])
    .where('m.personId', '=', personId)
    .where('m.state', '=', 'gathering')
    .where('m.notBefore', '<=', now)
    .execute();

/** Undefined when the person had the digest of this day already. */
export const insertDigest = (trx: Trx, digest: { personId: string; digestDay: string; madeAt: Date }) =>
  trx
    .insertInto('noticeMessage')
    .values({ ...digest, channel: 'mail', purpose: 'digest', state: 'queued', notBefore: digest.madeAt })
    .onConflict((conflict) =>
      conflict.columns(['personId', 'channel', 'digestDay']).where('purpose', '=', 'digest').doNothing(),
    )
    .returning('id')
    .executeTakeFirst();

export const changeMessages = (
  trx: Trx,
  ids: readonly string[],
  change:
    | { state: 'gathered'; digestId: string }
    | { state: 'dropped'; problem: string }
    | { state: 'gathering'; notBefore: Date },
) =>
  trx
    .updateTable('noticeMessage')
    .set(change)
    .where((where) => where('id', '=', where.fn.any(where.val([...ids]))))
    .execute();
