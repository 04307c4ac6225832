import type { Db, Trx } from '../../platform/db/schema.ts';
import type { Account } from '../store.ts';

export async function insertAttempt(
  db: Db,
  attempt: {
    tokenHash: Buffer;
    state: string;
    nonce: string;
    codeVerifier: string;
    sessionId: string | null;
    expiresAt: Date;
  },
): Promise<void> {
  await db.insertInto('singleSignOnAttempt').values(attempt).execute();
}

/** Each way to the provider and back is gone once. */
export const takeAttempt = (db: Db, tokenHash: Buffer) =>
  db.deleteFrom('singleSignOnAttempt').where('tokenHash', '=', tokenHash).returningAll().executeTakeFirst();

export const sessionIdOf = async (db: Db, tokenHash: Buffer): Promise<string | undefined> =>
  (await db.selectFrom('session').select('id').where('tokenHash', '=', tokenHash).executeTakeFirst())?.id;

export const tokenHashOf = async (db: Db, sessionId: string): Promise<Buffer | undefined> =>
  (await db.selectFrom('session').select('tokenHash').where('id', '=', sessionId).executeTakeFirst())?.tokenHash;

export const findLinked = (db: Db, issuer: string, subject: string): Promise<Account | undefined> =>
  db
    .selectFrom('linkedIdentity as i')
    .innerJoin('person as p', 'p.id', 'i.personId')
    .select(['p.id', 'p.login', 'p.name', 'p.passwordHash', 'p.disabledAt', 'p.demonstration'])
    .where('i.issuer', '=', issuer)
    .where('i.subject', '=', subject)
    .executeTakeFirst();

export async function touchIdentity(db: Db, issuer: string, subject: string, lastUsedAt: Date): Promise<void> {
  await db
    .updateTable('linkedIdentity')
    .set({ lastUsedAt })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .execute();
}

/** False when this identity belongs to another account, or the account has another identity of this provider. */
export async function linkIdentity(
  trx: Trx,
  identity: { personId: string; issuer: string; subject: string; linkedAt: Date },
): Promise<boolean> {
  const row = await trx
    .insertInto('linkedIdentity')
    .values(identity)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export const identitiesOf = (db: Db, personId: string) =>
  db
    .selectFrom('linkedIdentity')
    .select(['id', 'issuer', 'linkedAt', 'lastUsedAt'])
    .where('personId', '=', personId)
    .orderBy('linkedAt')
    .execute();

/** Only one's own. */
export async function unlinkIdentity(trx: Trx, personId: string, id: string): Promise<boolean> {
  const row = await trx
    .deleteFrom('linkedIdentity')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
