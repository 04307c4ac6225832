import type { State } from '@keshen/rules';
import { sql } from 'kysely';
import type { Trx } from '../platform/db/schema.ts';

/** Whoever recommends, or exports or delivers a list, for a department in a round does so one after the other. */
export const queueForDepartment = async (
  trx: Trx,
  { roundId, departmentId }: { roundId: string; departmentId: string },
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`list:${roundId}:${departmentId}`}, 0))`.execute(trx);
};

export type CurrentList = {
  id: string;
  code: string;
  sealedScan: string | null;
  letter: string | null;
  entries: { applicationId: string; state: State }[];
};

/** The exported list that is neither voided nor delivered, and what stands on it. */
export async function currentListOf(
  trx: Trx,
  of: { roundId: string; departmentId: string },
): Promise<CurrentList | undefined> {
  const list = await trx
    .selectFrom('recommendationList')
    .select(['id', 'code', 'sealedScan', 'letter'])
    .where('roundId', '=', of.roundId)
    .where('departmentId', '=', of.departmentId)
    .where('voidedAt', 'is', null)
    .where('deliveredAt', 'is', null)
    .executeTakeFirst();
  if (!list) return undefined;
  const entries = await trx
    .selectFrom('recommendationListEntry')
    .innerJoin('application', 'application.id', 'recommendationListEntry.applicationId')
    .select(['applicationId', 'application.state'])
    .where('listId', '=', list.id)
    .execute();
  return { ...list, entries };
}

/** Voids the department's exported list, if there is one that was not delivered yet. Answers its code. */
export const voidCurrentList = (
  trx: Trx,
  of: { roundId: string; departmentId: string },
  { at, reason }: { at: Date; reason: string },
) =>
  trx
    .updateTable('recommendationList')
    .set({ voidedAt: at, voidReason: reason })
    .where('roundId', '=', of.roundId)
    .where('departmentId', '=', of.departmentId)
    .where('voidedAt', 'is', null)
    .where('deliveredAt', 'is', null)
    .returning(['id', 'code'])
    .executeTakeFirst();

/** What the department recommends at this moment and has not delivered. */
export async function recommendedIn(trx: Trx, of: { roundId: string; departmentId: string }): Promise<string[]> {
  const rows = await trx
    .selectFrom('application')
    .select('id')
    .where('roundId', '=', of.roundId)
    .where('departmentId', '=', of.departmentId)
    .where('state', '=', 'recommended')
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether the department's own pledge came back signed and sealed. */
export const hasPledgeScan = async (trx: Trx, of: { roundId: string; departmentId: string }): Promise<boolean> =>
  (await trx
    .selectFrom('departmentPledge')
    .select('id')
    .where('roundId', '=', of.roundId)
    .where('departmentId', '=', of.departmentId)
    .where('scan', 'is not', null)
    .executeTakeFirst()) !== undefined;
