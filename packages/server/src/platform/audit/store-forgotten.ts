import { sql } from 'kysely';
import type { Db, Trx } from '../db/schema.ts';

/** The kinds of chains that may be forgotten; the database holds the same list. */
const KINDS = ['login', 'log'];

/** Only from the beginning of a chain, so that what is left hangs together, and only what a root covers. */
export async function forgetBefore(trx: Trx, before: Date, now: Date): Promise<number> {
  const forgotten = await trx
    .insertInto('logForgotten')
    .columns(['eventId', 'hash', 'forgottenAt'])
    .expression(
      trx
        .selectFrom('event as e')
        .select(['e.id', 'e.hash', sql<Date>`${now}::timestamptz`.as('forgottenAt')])
        .where('e.subjectKind', 'in', KINDS)
        .where('e.at', '<', before)
        .where('e.id', '<=', sql<number>`(select coalesce(max(last_event), 0) from log_root)`)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('event as younger')
                .select('younger.id')
                .whereRef('younger.subjectKind', '=', 'e.subjectKind')
                .whereRef('younger.subjectId', '=', 'e.subjectId')
                .whereRef('younger.id', '<', 'e.id')
                .where('younger.at', '>=', before),
            ),
          ),
        ),
    )
    .returning('eventId')
    .execute();
  if (forgotten.length > 0) {
    await sql`delete from event e using log_forgotten f where f.event_id = e.id`.execute(trx);
  }
  return forgotten.length;
}

/** Whether an event with this hash was once there and forgotten by the rule. */
export const wasForgotten = async (db: Db, hash: string): Promise<boolean> =>
  (await db.selectFrom('logForgotten').select('eventId').where('hash', '=', hash).executeTakeFirst()) !== undefined;
