import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { record } from './log.ts';
import * as store from './store-forgotten.ts';

/**
 * Forgets records of failed signing in and of reading the log that are older than `months` (six at the least), where a root covers them:
 * the hash of each stays, so that the log can still be proved. Everything else in the log is kept for ever. How many were forgotten is
 * logged. Returns the number.
 */
export async function forgetReadings(db: Kysely<Database>, months: number, now: Date): Promise<number> {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - months);
  return db.transaction().execute(async (trx) => {
    const forgotten = await store.forgetBefore(trx, before, now);
    if (forgotten === 0) return 0;
    await record(trx, {
      at: now,
      action: 'forgetReadings',
      outcome: 'done',
      subjectKind: 'forgetting',
      subjectId: 'readings',
      detail: { before: before.toISOString(), forgotten },
    });
    return forgotten;
  });
}
