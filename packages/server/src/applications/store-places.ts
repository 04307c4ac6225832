import { sql } from 'kysely';
import type { Trx } from '../platform/db/schema.ts';

/** Whoever takes or gives back a place, or exports or delivers a list, of a department in a round does so one after the other. */
export const queueForDepartment = async (trx: Trx, roundId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`places:${roundId}`}, 0))`.execute(trx);
};

export type Counted = { departmentId?: string; organisationId?: string; topics?: readonly string[] };

/** How many applications of a round hold a place: recommended or delivered. */
export async function placesTaken(trx: Trx, roundId: string, counted: Counted): Promise<number> {
  const { departmentId, organisationId, topics } = counted;
  const row = await trx
    .selectFrom('application')
    .select(({ fn }) => fn.countAll<number>().as('places'))
    .where('roundId', '=', roundId)
    .where('state', 'in', ['recommended', 'delivered'])
    .$if(departmentId !== undefined, (query) => query.where('departmentId', '=', departmentId!))
    .$if(organisationId !== undefined, (query) => query.where('organisationId', '=', organisationId!))
    .$if(topics !== undefined, (query) => query.where('topic', 'in', [...topics!]))
    .executeTakeFirstOrThrow();
  return row.places;
}

export type CurrentList = {
  id: string;
  code: string;
  sealedScan: string | null;
  letter: string | null;
  applicationIds: string[];
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
    .select('applicationId')
    .where('listId', '=', list.id)
    .execute();
  return { ...list, applicationIds: entries.map(({ applicationId }) => applicationId) };
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
