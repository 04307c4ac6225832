import type { Db, Trx } from '../../platform/db/schema.ts';
import { keysOf, ownerOf } from '../../platform/secrets/index.ts';
import type { RecoveryCode } from './recovery-codes.ts';

const secondFactorOf = (db: Db, personId: string) =>
  db.selectFrom('secondFactor').selectAll().where('personId', '=', personId).executeTakeFirst();

/** Throws when the secret was changed, moved from another person, or sealed with keys that are not there. */
export async function findSecondFactor(
  db: Db,
  personId: string,
): Promise<{ secret: Buffer; confirmedAt: Date | null } | undefined> {
  const row = await secondFactorOf(db, personId);
  if (!row) return undefined;
  const opened = (await keysOf(db)).open(ownerOf.secondFactor(personId), row.sealedSecret);
  return { secret: Buffer.from(opened, 'base64'), confirmedAt: row.confirmedAt };
}

/** When it was enrolled, or null. */
export const enrolledAt = async (db: Db, personId: string): Promise<Date | null> =>
  (await secondFactorOf(db, personId))?.confirmedAt ?? null;

/** Begins anew with another secret; false when a confirmed one is there. */
export async function startSecondFactor(
  trx: Trx,
  { personId, secret, startedAt }: { personId: string; secret: Buffer; startedAt: Date },
): Promise<boolean> {
  const sealedSecret = (await keysOf(trx)).seal(ownerOf.secondFactor(personId), secret.toString('base64'));
  const row = await trx
    .insertInto('secondFactor')
    .values({ personId, sealedSecret, startedAt })
    .onConflict((conflict) =>
      conflict
        .column('personId')
        .doUpdateSet({ sealedSecret, startedAt, lastStep: 0 })
        .where('secondFactor.confirmedAt', 'is', null),
    )
    .returning('personId')
    .executeTakeFirst();
  return row !== undefined;
}

export async function confirmSecondFactor(trx: Trx, personId: string, confirmedAt: Date): Promise<void> {
  await trx.updateTable('secondFactor').set({ confirmedAt }).where('personId', '=', personId).execute();
}

/** Remembers the step of a code that is being used; false when it, or a later one, was used before. */
export async function spendStep(db: Db, personId: string, step: number): Promise<boolean> {
  const row = await db
    .updateTable('secondFactor')
    .set({ lastStep: step })
    .where('personId', '=', personId)
    .where('lastStep', '<', step)
    .returning('personId')
    .executeTakeFirst();
  return row !== undefined;
}

export async function replaceRecoveryCodes(trx: Trx, personId: string, codes: readonly RecoveryCode[]): Promise<void> {
  await trx.deleteFrom('recoveryCode').where('personId', '=', personId).execute();
  await trx
    .insertInto('recoveryCode')
    .values(codes.map(({ position, codeHash }) => ({ personId, position, codeHash })))
    .execute();
}

export const findRecoveryCode = (db: Db, personId: string, position: number) =>
  db
    .selectFrom('recoveryCode')
    .selectAll()
    .where('personId', '=', personId)
    .where('position', '=', position)
    .executeTakeFirst();

/** False when it was used before, be it at this very moment. */
export async function spendRecoveryCode(db: Db, personId: string, position: number, usedAt: Date): Promise<boolean> {
  const row = await db
    .updateTable('recoveryCode')
    .set({ usedAt })
    .where('personId', '=', personId)
    .where('position', '=', position)
    .where('usedAt', 'is', null)
    .returning('position')
    .executeTakeFirst();
  return row !== undefined;
}

export async function countRecoveryCodes(db: Db, personId: string): Promise<number> {
  const { left } = await db
    .selectFrom('recoveryCode')
    .select((select) => select.fn.countAll<number>().as('left'))
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return left;
}

/** With its recovery codes. False when there was none. */
export async function deleteSecondFactor(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .deleteFrom('secondFactor')
    .where('personId', '=', personId)
    .returning('personId')
    .executeTakeFirst();
  return row !== undefined;
}
