import type { Db, Trx } from '../../platform/db/schema.ts';

export type Purpose = 'invitation' | 'reset';

/** A person has one open link at most: making another withdraws the one before. */
export async function replaceLink(
  trx: Trx,
  link: {
    tokenHash: Buffer;
    personId: string;
    purpose: Purpose;
    madeBy: string | null;
    madeAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await withdrawLinks(trx, link.personId, link.madeAt);
  await trx.insertInto('accountLink').values(link).execute();
}

export async function withdrawLinks(trx: Trx, personId: string, withdrawnAt: Date): Promise<void> {
  await trx
    .updateTable('accountLink')
    .set({ withdrawnAt })
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .where('withdrawnAt', 'is', null)
    .execute();
}

const links = (db: Db, tokenHash: Buffer) =>
  db
    .selectFrom('accountLink as l')
    .innerJoin('person as p', 'p.id', 'l.personId')
    .select(['l.personId', 'l.purpose', 'l.expiresAt', 'l.usedAt', 'l.withdrawnAt', 'l.madeBy'])
    .select(['p.login', 'p.name', 'p.disabledAt'])
    .where('l.tokenHash', '=', tokenHash);

export const findLink = (db: Db, tokenHash: Buffer) => links(db, tokenHash).executeTakeFirst();

/** Locked until the transaction ends, so that of two uses at one moment the second sees the first. */
export const lockLink = (trx: Trx, tokenHash: Buffer) => links(trx, tokenHash).forUpdate('l').executeTakeFirst();

export type LinkRow = NonNullable<Awaited<ReturnType<typeof findLink>>>;

export async function markUsed(trx: Trx, tokenHash: Buffer, usedAt: Date): Promise<void> {
  await trx.updateTable('accountLink').set({ usedAt }).where('tokenHash', '=', tokenHash).execute();
}
