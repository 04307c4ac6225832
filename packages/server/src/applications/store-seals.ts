import { type Selectable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

export type SealPrintRow = Selectable<Database['sealPrint']>;
export type SealOrderRow = Omit<Selectable<Database['sealOrder']>, 'orderedBy'> & { orderedByName: string };

/** The print of a submitted version that carries, or is to carry, the seals. */
export const sealPrintOf = (db: Db, applicationId: string, ordinal: number): Promise<SealPrintRow | undefined> =>
  db
    .selectFrom('sealPrint')
    .selectAll()
    .where('applicationId', '=', applicationId)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();

/** Every seal that was ordered for an application, the earliest first. */
export const sealOrdersOf = (db: Db, applicationId: string): Promise<SealOrderRow[]> =>
  db
    .selectFrom('sealOrder')
    .innerJoin('person', 'person.id', 'sealOrder.orderedBy')
    .selectAll('sealOrder')
    .select('person.name as orderedByName')
    .where('applicationId', '=', applicationId)
    .orderBy('orderedAt')
    .orderBy('kind')
    .execute();

/**
 * The application may change again: its seals no longer count, and what was still being sealed is given up. Answers what was voided. The
 * application is locked, so that no sealing is settled at the same moment.
 */
export async function voidSeals(
  trx: Trx,
  applicationId: string,
  { at, reason }: { at: Date; reason: string },
): Promise<string[]> {
  const voided = await trx
    .updateTable('sealPrint')
    .set({ voidedAt: at, voidReason: reason })
    .where('applicationId', '=', applicationId)
    .where('voidedAt', 'is', null)
    .returning('sourceSha256')
    .execute();
  const sources = voided.map(({ sourceSha256 }) => sourceSha256);
  if (sources.length === 0) return [];
  const given = { code: 'seal_voided', message: `没有盖成：${reason}。`, remedy: '重新提交后，请在新的版本上盖章。' };
  await trx
    .updateTable('sealOrder')
    .set({ state: 'failed', settledAt: at, problem: JSON.stringify(given) })
    .where('sourceSha256', 'in', sources)
    .where('state', '=', 'requested')
    .execute();
  const sealed = await trx
    .selectFrom('sealOrder')
    .select('kind')
    .where('sourceSha256', 'in', sources)
    .where('state', '=', 'sealed')
    .execute();
  return sealed.map(({ kind }) => kind);
}
