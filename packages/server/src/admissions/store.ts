import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

export type LockedField = Database['lockedChange']['field'];
export type LockedChangeRow = Selectable<Database['lockedChange']> & {
  proposedByName: string;
  decidedByName: string | null;
};

const changes = (db: Db) =>
  db
    .selectFrom('lockedChange as c')
    .innerJoin('person as proposer', 'proposer.id', 'c.proposedBy')
    .leftJoin('person as decider', 'decider.id', 'c.decidedBy')
    .selectAll('c')
    .select(['proposer.name as proposedByName', 'decider.name as decidedByName']);

export const changesOf = (db: Db, applicationId: string): Promise<LockedChangeRow[]> =>
  changes(db).where('c.applicationId', '=', applicationId).orderBy('c.proposedAt', 'desc').execute();

export const lockChange = (trx: Trx, id: string): Promise<LockedChangeRow | undefined> =>
  changes(trx).where('c.id', '=', id).forUpdate('c').executeTakeFirst();

export const openChange = (db: Db, applicationId: string, field: LockedField) =>
  changes(db)
    .where('c.applicationId', '=', applicationId)
    .where('c.field', '=', field)
    .where('c.decision', 'is', null)
    .executeTakeFirst();

export const insertChange = (
  trx: Trx,
  change: Pick<
    LockedChangeRow,
    'applicationId' | 'field' | 'before' | 'after' | 'reason' | 'proposedBy' | 'proposedAt'
  >,
) => trx.insertInto('lockedChange').values(change).execute();

export const decideChange = (
  trx: Trx,
  id: string,
  decision: { decision: 'approved' | 'declined'; decisionNote: string; decidedBy: string; decidedAt: Date },
) => trx.updateTable('lockedChange').set(decision).where('id', '=', id).execute();
