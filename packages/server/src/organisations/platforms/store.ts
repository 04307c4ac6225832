import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../../platform/db/schema.ts';

export type PlatformRow = Selectable<Database['hostedPlatform']> & {
  organisationName: string;
  uscc: string;
  authorityId: string;
  departmentName: string;
  requestedByName: string;
  decidedByName: string | null;
};

const platforms = (db: Db) =>
  db
    .selectFrom('hostedPlatform as h')
    .innerJoin('organisation as o', 'o.id', 'h.organisationId')
    .innerJoin('department as d', 'd.id', 'h.departmentId')
    .innerJoin('person as p', 'p.id', 'h.requestedBy')
    .leftJoin('person as q', 'q.id', 'h.decidedBy')
    .selectAll('h')
    .select(['o.name as organisationName', 'o.uscc', 'o.authorityId', 'd.name as departmentName'])
    .select(['p.name as requestedByName', 'q.name as decidedByName']);

export const platformsOf = (db: Db, organisationId: string): Promise<PlatformRow[]> =>
  platforms(db).where('h.organisationId', '=', organisationId).orderBy('h.requestedAt', 'desc').execute();

export const openPlatformsFor = (db: Db, departmentIds: string[]): Promise<PlatformRow[]> =>
  platforms(db)
    .where((where) => where('h.departmentId', '=', where.fn.any(where.val(departmentIds))))
    .where('h.decision', 'is', null)
    .orderBy('h.requestedAt')
    .execute();

export const findPlatform = (db: Db, id: string): Promise<PlatformRow | undefined> =>
  platforms(db).where('h.id', '=', id).executeTakeFirst();

export const lockPlatform = (trx: Trx, id: string): Promise<PlatformRow | undefined> =>
  platforms(trx).where('h.id', '=', id).forUpdate('h').executeTakeFirst();

type NewPlatform = Pick<
  PlatformRow,
  | 'organisationId'
  | 'departmentId'
  | 'kind'
  | 'name'
  | 'number'
  | 'confirmedByAuthority'
  | 'confirmedOn'
  | 'ongoingCooperation'
  | 'requestedBy'
  | 'requestedAt'
>;

/** Undefined when the organisation has one of this kind and name, asked for or confirmed. */
export async function insertPlatform(trx: Trx, platform: NewPlatform): Promise<string | undefined> {
  const row = await trx
    .insertInto('hostedPlatform')
    .values(platform)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export const decidePlatform = (
  trx: Trx,
  id: string,
  decision: Pick<PlatformRow, 'decision' | 'decisionNote' | 'decidedBy' | 'decidedAt'>,
) => trx.updateTable('hostedPlatform').set(decision).where('id', '=', id).execute();
