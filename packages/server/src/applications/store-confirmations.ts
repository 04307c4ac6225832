import type { Db } from '../platform/db/schema.ts';

/** Where an applicant's own particulars stand with the organisation: the last decision, and whether they changed since. */
export async function confirmationOf(
  db: Db,
  { personId, organisationId }: { personId: string; organisationId: string },
): Promise<
  { revision: number; decision: 'confirmed' | 'returned' | null; decidedRevision: number | null } | undefined
> {
  return db
    .selectFrom('personProfile as f')
    .leftJoin('profileConfirmation as c', (join) =>
      join.onRef('c.personId', '=', 'f.personId').on('c.organisationId', '=', organisationId),
    )
    .select(['f.revision', 'c.decision', 'c.revision as decidedRevision'])
    .where('f.personId', '=', personId)
    .orderBy('c.revision', (order) => order.desc().nullsLast())
    .limit(1)
    .executeTakeFirst();
}
