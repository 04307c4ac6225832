import type { Db } from '../platform/db/schema.ts';

/** False when this challenge bought a sign-in before. */
export async function spendProof(db: Db, challenge: string, expiresAt: Date): Promise<boolean> {
  const row = await db
    .insertInto('spentProof')
    .values({ challenge, expiresAt })
    .onConflict((conflict) => conflict.column('challenge').doNothing())
    .returning('challenge')
    .executeTakeFirst();
  return row !== undefined;
}
