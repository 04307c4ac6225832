import { IDLE_MS } from '../../platform/db/actors.ts';
import type { Db, Trx } from '../../platform/db/schema.ts';

/** The sessions of a person that still open something, the latest used first. */
export const liveSessions = (db: Db, personId: string, now: Date) =>
  db
    .selectFrom('session')
    .select(['id', 'tokenHash', 'createdAt', 'lastSeenAt', 'address', 'userAgent'])
    .where('personId', '=', personId)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', new Date(now.getTime() - IDLE_MS))
    .orderBy('lastSeenAt', 'desc')
    .execute();

/** Only one's own: another person's id finds nothing. */
export async function deleteOwnSession(trx: Trx, personId: string, id: string): Promise<boolean> {
  const row = await trx
    .deleteFrom('session')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
