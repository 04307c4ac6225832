import type { Db } from '../platform/db/schema.ts';
import type { Account } from './store.ts';

export async function insertHalfSession(
  db: Db,
  half: { tokenHash: Buffer; personId: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.insertInto('halfSession').values(half).execute();
}

export const findHalfSession = (db: Db, tokenHash: Buffer, now: Date): Promise<Account | undefined> =>
  db
    .selectFrom('halfSession as h')
    .innerJoin('person as p', 'p.id', 'h.personId')
    .select(['p.id', 'p.login', 'p.name', 'p.passwordHash', 'p.disabledAt', 'p.demonstration'])
    .where('h.tokenHash', '=', tokenHash)
    .where('h.expiresAt', '>', now)
    .executeTakeFirst();

export async function deleteHalfSession(db: Db, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('halfSession').where('tokenHash', '=', tokenHash).execute();
}
