import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../../platform/db/schema.ts';
import type { Profile } from './fields.ts';

export type VersionRow = Selectable<Database['organisationVersion']> & {
  content: Partial<Profile>;
  departmentName: string;
  approvedByName: string | null;
};

/** All that ever held, the newest first. */
export const versionsOf = (db: Db, organisationId: string): Promise<VersionRow[]> =>
  db
    .selectFrom('organisationVersion as v')
    .innerJoin('department as d', 'd.id', 'v.departmentId')
    .leftJoin('person as p', 'p.id', 'v.approvedBy')
    .selectAll('v')
    .select(['d.name as departmentName', 'p.name as approvedByName'])
    .where('v.organisationId', '=', organisationId)
    .orderBy('v.ordinal', 'desc')
    .$castTo<VersionRow>()
    .execute();

/** Notes what holds from now on. The organisation is locked by then, so that ordinals follow each other. */
export async function insertVersion(
  trx: Trx,
  version: {
    organisationId: string;
    content: Profile;
    departmentId: string;
    note: string | null;
    approvedBy: string | null;
    holdsFrom: Date;
  },
): Promise<void> {
  const last = await trx
    .selectFrom('organisationVersion')
    .select(({ fn }) => fn.max('ordinal').as('ordinal'))
    .where('organisationId', '=', version.organisationId)
    .executeTakeFirst();
  await trx
    .insertInto('organisationVersion')
    .values({ ...version, ordinal: (last?.ordinal ?? 0) + 1, content: JSON.stringify(version.content) })
    .execute();
}

export const setProfile = (trx: Trx, id: string, profile: Partial<Profile> & { departmentId?: string }) =>
  trx.updateTable('organisation').set(profile).where('id', '=', id).execute();

export type ChangeRow = Selectable<Database['organisationChange']> & {
  before: Partial<Profile>;
  after: Partial<Profile>;
  organisationName: string;
  authorityId: string;
  uscc: string;
  requestedByName: string;
  decidedByName: string | null;
  departmentName: string;
};

const changes = (db: Db) =>
  db
    .selectFrom('organisationChange as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisationId')
    .innerJoin('department as d', 'd.id', 'c.departmentId')
    .innerJoin('person as p', 'p.id', 'c.requestedBy')
    .leftJoin('person as q', 'q.id', 'c.decidedBy')
    .selectAll('c')
    .select(['o.name as organisationName', 'o.authorityId', 'o.uscc', 'd.name as departmentName'])
    .select(['p.name as requestedByName', 'q.name as decidedByName'])
    .$castTo<ChangeRow>();

export const changesOf = (db: Db, organisationId: string): Promise<ChangeRow[]> =>
  changes(db).where('c.organisationId', '=', organisationId).orderBy('c.requestedAt', 'desc').execute();

export const openChangesFor = (db: Db, departmentIds: string[]): Promise<ChangeRow[]> =>
  changes(db)
    .where((where) => where('c.departmentId', '=', where.fn.any(where.val(departmentIds))))
    .where('c.decision', 'is', null)
    .orderBy('c.requestedAt')
    .execute();

export const findChange = (db: Db, id: string): Promise<ChangeRow | undefined> =>
  changes(db).where('c.id', '=', id).executeTakeFirst();

export const lockChange = (trx: Trx, id: string): Promise<ChangeRow | undefined> =>
  changes(trx).where('c.id', '=', id).forUpdate('c').executeTakeFirst();

/** Undefined when another change is open. */
export async function insertChange(
  trx: Trx,
  change: {
    organisationId: string;
    departmentId: string;
    before: Partial<Profile>;
    after: Partial<Profile>;
    reason: string;
    requestedBy: string;
    requestedAt: Date;
  },
): Promise<string | undefined> {
  const row = await trx
    .insertInto('organisationChange')
    .values({ ...change, before: JSON.stringify(change.before), after: JSON.stringify(change.after) })
    .onConflict((conflict) => conflict.column('organisationId').where('decision', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export const decideChange = (
  trx: Trx,
  id: string,
  decision: {
    decision: 'approved' | 'declined' | 'withdrawn';
    decisionNote: string | null;
    decidedBy: string;
    decidedAt: Date;
  },
) => trx.updateTable('organisationChange').set(decision).where('id', '=', id).execute();

/** What is open moves with the organisation to its new department. */
export async function moveOpenRequests(trx: Trx, organisationId: string, departmentId: string): Promise<void> {
  await trx
    .updateTable('hostedPlatform')
    .set({ departmentId })
    .where('organisationId', '=', organisationId)
    .where('decision', 'is', null)
    .execute();
}

/** Projects that no department has seen yet, by round: they follow the organisation. */
export const unsentApplications = (trx: Trx, organisationId: string) =>
  trx
    .selectFrom('application')
    .select(['id', 'number', 'roundId', 'departmentId'])
    .where('organisationId', '=', organisationId)
    .where('state', 'in', ['draft', 'with_organisation', 'checked_by_organisation', 'returned_by_organisation'])
    .forUpdate()
    .execute();

export const moveApplication = (trx: Trx, id: string, departmentId: string) =>
  trx.updateTable('application').set({ departmentId }).where('id', '=', id).execute();
