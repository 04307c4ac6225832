import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../db/schema.ts';
import { BEFORE_THE_FIRST, type Previous } from './root.ts';

export type RootRow = Selectable<Database['logRoot']>;
export type StampRow = Selectable<Database['logStamp']>;

/** How long a root waits for the writers under way, in ms; new ones wait with it. */
const PATIENCE_MS = 2000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * The highest id below which no event can appear any more; undefined when a writer takes too long, to be asked again later. Ids are given
 * before their transactions end, so without waiting a root could miss an event with a lower id.
 */
export async function highestSettledEvent(db: Db): Promise<number | undefined> {
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`select set_config('lock_timeout', ${`${PATIENCE_MS}ms`}, true)`.execute(trx);
      await sql`select pg_advisory_xact_lock(hashtextextended('event-log', 0))`.execute(trx);
      const row = await trx
        .selectFrom('event')
        .select(({ fn }) => fn.max('id').as('id'))
        .executeTakeFirst();
      return row?.id ?? 0;
    });
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return undefined;
    throw error;
  }
}

/** Only one process gathers at a time; another does not wait for it. */
export async function claimGathering(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('log-roots', 0)) as mine`.execute(trx);
  return rows[0]?.mine ?? false;
}

export async function lastRoot(db: Db): Promise<Previous> {
  const row = await db
    .selectFrom('logRoot')
    .select(['ordinal', 'lastEvent', 'hash'])
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? BEFORE_THE_FIRST;
}

/** Ids and hashes of a stretch of the log, both ends included, in the order of the ids. */
export const eventHashes = (db: Db, from: number, to: number, limit: number) =>
  db
    .selectFrom('event')
    .select(['id', 'hash'])
    .where('id', '>=', from)
    .where('id', '<=', to)
    .orderBy('id')
    .limit(limit)
    .execute();

export const insertRoot = (trx: Trx, root: RootRow) => trx.insertInto('logRoot').values(root).execute();

export const rootsAfter = (db: Db, ordinal: number, limit: number): Promise<RootRow[]> =>
  db.selectFrom('logRoot').selectAll().where('ordinal', '>', ordinal).orderBy('ordinal').limit(limit).execute();

export const rootOf = (db: Db, ordinal: number): Promise<RootRow | undefined> =>
  db.selectFrom('logRoot').selectAll().where('ordinal', '=', ordinal).executeTakeFirst();

/** The same with the hashes of events that were forgotten by the rule. */
export const hashesWithForgotten = (db: Db, from: number, to: number, limit: number) =>
  db
    .selectFrom(
      db
        .selectFrom('event')
        .select(['id', 'hash'])
        .unionAll(db.selectFrom('logForgotten').select(['eventId as id', 'hash']))
        .as('e'),
    )
    .selectAll()
    .where('id', '>=', from)
    .where('id', '<=', to)
    .orderBy('id')
    .limit(limit)
    .execute();

/** The root in whose stretch an event lies, once there is one. */
export const rootOver = (db: Db, event: number): Promise<RootRow | undefined> =>
  db
    .selectFrom('logRoot')
    .selectAll()
    .where('firstEvent', '<=', event)
    .where('lastEvent', '>=', event)
    .executeTakeFirst();

export const stampOf = (db: Db, root: number): Promise<StampRow | undefined> =>
  db.selectFrom('logStamp').selectAll().where('root', '=', root).executeTakeFirst();

/** Roots that no authority has stamped yet, the oldest first. */
export const unstampedRoots = (db: Db, limit: number) =>
  db
    .selectFrom('logRoot')
    .leftJoin('logStamp', 'logStamp.root', 'logRoot.ordinal')
    .select(['logRoot.ordinal', 'logRoot.hash'])
    .where('logStamp.root', 'is', null)
    .orderBy('logRoot.ordinal')
    .limit(limit)
    .execute();

/** Of two processes that stamp the same root the first counts. */
export const insertStamp = (db: Db, stamp: StampRow) =>
  db
    .insertInto('logStamp')
    .values(stamp)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
