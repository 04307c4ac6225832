import { type Selectable, sql } from 'kysely';
import type { SealPrintRow } from '../applications/index.ts';
import type { Database, Db, SealOrderKind, SealPlaceOfPrint, ShownProblem, Trx } from '../platform/db/schema.ts';

export type OrderRow = Selectable<Database['sealOrder']>;

export type NewPrint = Pick<SealPrintRow, 'sourceSha256' | 'applicationId' | 'ordinal' | 'pages' | 'places' | 'madeAt'>;

/** The same print made twice is one. */
export const insertPrint = (db: Db, { places, ...print }: NewPrint) =>
  db
    .insertInto('sealPrint')
    .values({ ...print, places: JSON.stringify(places) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

export const findPrint = (db: Db, sourceSha256: string): Promise<SealPrintRow | undefined> =>
  db.selectFrom('sealPrint').selectAll().where('sourceSha256', '=', sourceSha256).executeTakeFirst();

export type NewOrder = {
  sourceSha256: string;
  applicationId: string;
  kind: SealOrderKind;
  place: SealPlaceOfPrint | null;
  orderedBy: string;
  orderedAt: Date;
};

/** Orders one seal. What is under way or done stays as it is; what failed is ordered anew. Answers whether something was ordered. */
export async function insertOrder(trx: Trx, { place, ...order }: NewOrder): Promise<boolean> {
  const values = { ...order, place: place && JSON.stringify(place) };
  const { orderedBy, orderedAt } = order;
  const row = await trx
    .insertInto('sealOrder')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['sourceSha256', 'kind'])
        .doUpdateSet({
          state: 'requested',
          place: values.place,
          orderedBy,
          orderedAt,
          resultSha256: null,
          settledAt: null,
          problem: null,
        })
        .where('sealOrder.state', '=', 'failed'),
    )
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Somebody pressed: what was waiting for a service is tried at once. */
export const retryNow = (trx: Trx, sourceSha256: string) =>
  trx.updateTable('sealPrint').set({ retryAt: null, attempts: 0 }).where('sourceSha256', '=', sourceSha256).execute();

/** Takes a print with open orders that nobody holds, until `until`. One process gets it, however many ask. */
export const holdNext = (db: Db, now: Date, until: Date): Promise<SealPrintRow | undefined> =>
  db
    .updateTable('sealPrint')
    .set({ heldUntil: until })
    .where('sourceSha256', '=', (where) =>
      where
        .selectFrom('sealPrint as p')
        .select('p.sourceSha256')
        .where('p.voidedAt', 'is', null)
        .where((or) => or.or([or('p.heldUntil', 'is', null), or('p.heldUntil', '<=', now)]))
        .where((or) => or.or([or('p.retryAt', 'is', null), or('p.retryAt', '<=', now)]))
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('sealOrder as o')
              .select('o.id')
              .whereRef('o.sourceSha256', '=', 'p.sourceSha256')
              .where('o.state', '=', 'requested'),
          ),
        )
        .orderBy('p.madeAt')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();

/** Holds on for another stretch; false when somebody else took it in the meantime. */
export async function holdOn(db: Db, sourceSha256: string, held: Date, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sealPrint')
    .set({ heldUntil: until })
    .where('sourceSha256', '=', sourceSha256)
    .where('heldUntil', '=', held)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export const letGo = (db: Db, sourceSha256: string, held: Date, retry: { at: Date; attempts: number } | undefined) =>
  db
    .updateTable('sealPrint')
    .set({ heldUntil: null, retryAt: retry?.at ?? null, attempts: retry?.attempts ?? 0 })
    .where('sourceSha256', '=', sourceSha256)
    .where('heldUntil', '=', held)
    .execute();

/** Open orders of a print. */
export const openOrders = (db: Db, sourceSha256: string): Promise<OrderRow[]> =>
  db
    .selectFrom('sealOrder')
    .selectAll()
    .where('sourceSha256', '=', sourceSha256)
    .where('state', '=', 'requested')
    .execute();

export const countSealed = async (db: Db, sourceSha256: string, kinds: readonly string[]): Promise<number> => {
  const { count } = await db
    .selectFrom('sealOrder')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sourceSha256', '=', sourceSha256)
    .where('state', '=', 'sealed')
    .where(sql<string>`kind`, 'in', kinds)
    .executeTakeFirstOrThrow();
  return Number(count);
};

export type Outcome = Pick<OrderRow, 'resultSha256' | 'signer' | 'issuer' | 'notAfter' | 'stampedAt' | 'stampedBy'>;

/** What sealing came to, before the file is kept: whoever takes the order up again finds the file by it. */
export const noteOutcome = (db: Db, id: string, outcome: Outcome) =>
  db.updateTable('sealOrder').set(outcome).where('id', '=', id).where('state', '=', 'requested').execute();

/** Only an order that still waits for this very file is settled. */
export async function settleSealed(trx: Trx, order: OrderRow, resultSha256: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sealOrder')
    .set({ state: 'sealed', settledAt: at, problem: null })
    .where('id', '=', order.id)
    .where('state', '=', 'requested')
    .where('resultSha256', '=', resultSha256)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  if (order.kind !== 'sm2Signature') {
    await trx
      .updateTable('sealPrint')
      .set({ sealedSha256: resultSha256 })
      .where('sourceSha256', '=', order.sourceSha256)
      .execute();
  }
  return true;
}

export async function settleFailed(trx: Trx, id: string, problem: ShownProblem, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sealOrder')
    .set({ state: 'failed', settledAt: at, problem: JSON.stringify(problem) })
    .where('id', '=', id)
    .where('state', '=', 'requested')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Why an order has to wait. */
export const noteProblem = (db: Db, id: string, problem: ShownProblem) =>
  db
    .updateTable('sealOrder')
    .set({ problem: JSON.stringify(problem) })
    .where('id', '=', id)
    .where('state', '=', 'requested')
    .execute();

/** The versions of an application whose seals no longer count, the latest first. */
export const voidedPrints = (db: Db, applicationId: string) =>
  db
    .selectFrom('sealPrint')
    .innerJoin('snapshot', (join) =>
      join
        .onRef('snapshot.applicationId', '=', 'sealPrint.applicationId')
        .onRef('snapshot.ordinal', '=', 'sealPrint.ordinal'),
    )
    .select(['sealPrint.sourceSha256', 'voidedAt', 'voidReason', 'snapshot.versionCode'])
    .where('sealPrint.applicationId', '=', applicationId)
    .where('voidedAt', 'is not', null)
    .$narrowType<{ voidedAt: Date; voidReason: string }>()
    .orderBy('sealPrint.ordinal', 'desc')
    .execute();
