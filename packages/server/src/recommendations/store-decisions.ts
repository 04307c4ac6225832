import type { Db, Trx } from '../platform/db/schema.ts';

export type Decision = { applicationId: string; columnKey: string; text: string; decidedBy: string; decidedAt: Date };

/** What was written for each application, by the column's key. */
export async function decisionsOn(
  db: Db,
  applicationIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>();
  if (applicationIds.length === 0) return found;
  const rows = await db
    .selectFrom('listDecision')
    .select(['applicationId', 'columnKey', 'text'])
    .where('applicationId', 'in', [...applicationIds])
    .execute();
  for (const { applicationId, columnKey, text } of rows)
    found.set(applicationId, (found.get(applicationId) ?? new Map<string, string>()).set(columnKey, text));
  return found;
}

export const putDecision = (trx: Trx, decision: Decision) =>
  trx
    .insertInto('listDecision')
    .values(decision)
    .onConflict((conflict) => conflict.columns(['applicationId', 'columnKey']).doUpdateSet(decision))
    .execute();

export const takeDecisionBack = (
  trx: Trx,
  { applicationId, columnKey }: { applicationId: string; columnKey: string },
) =>
  trx
    .deleteFrom('listDecision')
    .where('applicationId', '=', applicationId)
    .where('columnKey', '=', columnKey)
    .execute();
