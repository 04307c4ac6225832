import { sql } from 'kysely';
import type { Db } from './schema.ts';

/** When the next call is admitted; undefined: this one is, and is counted. */
export type RateLimit = (key: string, now: Date) => Promise<Date | undefined>;

/**
 * At most `limit` calls of `name` for one key (an address, an account) within `windowMs`, counted from the first of them. The count stands
 * in the database: several processes of one installation share it, and a restart does not forget it. Refused calls are not counted.
 */
export const rateLimit =
  (db: Db, name: string, limit: number, windowMs: number): RateLimit =>
  async (key, now) => {
    const over = new Date(now.getTime() + windowMs);
    const counted = await db
      .insertInto('rateCount')
      .values({ name, key, since: now, calls: 1, overAt: over })
      .onConflict((conflict) =>
        conflict.columns(['name', 'key']).doUpdateSet({
          calls: sql<number>`case when rate_count.over_at <= ${now} then 1 else least(rate_count.calls, ${limit}) + 1 end`,
          since: sql<Date>`case when rate_count.over_at <= ${now} then ${now} else rate_count.since end`,
          overAt: sql<Date>`case when rate_count.over_at <= ${now} then ${over} else rate_count.over_at end`,
        }),
      )
      .returning(['calls', 'overAt'])
      .executeTakeFirstOrThrow();
    return counted.calls > limit ? counted.overAt : undefined;
  };

/** Counts whose time is over: an address is kept no longer than it is needed. */
export async function forgetRateCounts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('rateCount').where('overAt', '<', now).execute();
}
