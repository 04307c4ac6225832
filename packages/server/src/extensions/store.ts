import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

export type ExtensionRow = Selectable<Database['extension']> & {
  proposedByName: string;
  decidedByName: string | null;
  departmentName: string | null;
  organisationName: string | null;
  applicationNumber: string | null;
  authorityId: string;
};

const extensions = (db: Db) =>
  db
    .selectFrom('extension as e')
    .innerJoin('round', 'round.id', 'e.roundId')
    .innerJoin('person as proposer', 'proposer.id', 'e.proposedBy')
    .leftJoin('person as decider', 'decider.id', 'e.decidedBy')
    .leftJoin('department', 'department.id', 'e.departmentId')
    .leftJoin('organisation', 'organisation.id', 'e.organisationId')
    .leftJoin('application', 'application.id', 'e.applicationId')
    .selectAll('e')
    .select([
      'round.authorityId',
      'proposer.name as proposedByName',
      'decider.name as decidedByName',
      'department.name as departmentName',
      'organisation.name as organisationName',
      'application.number as applicationNumber',
    ]);

/** The latest proposal first. */
export const listExtensions = (db: Db, roundId: string): Promise<ExtensionRow[]> =>
  extensions(db).where('e.roundId', '=', roundId).orderBy('e.proposedAt', 'desc').execute();

export const getExtension = (db: Db, id: string): Promise<ExtensionRow> =>
  extensions(db).where('e.id', '=', id).executeTakeFirstOrThrow();

export const lockExtension = (trx: Trx, id: string): Promise<ExtensionRow | undefined> =>
  extensions(trx).where('e.id', '=', id).forUpdate('e').executeTakeFirst();

export type NewExtension = Pick<
  Selectable<Database['extension']>,
  | 'roundId'
  | 'stage'
  | 'until'
  | 'forWhom'
  | 'begunBy'
  | 'departmentId'
  | 'organisationId'
  | 'applicationId'
  | 'reason'
  | 'proposedBy'
  | 'proposedAt'
>;

export async function insertExtension(trx: Trx, extension: NewExtension): Promise<string> {
  const { id } = await trx.insertInto('extension').values(extension).returning('id').executeTakeFirstOrThrow();
  return id;
}

export const decide = (
  trx: Trx,
  id: string,
  decision: { decision: 'approved' | 'declined'; decisionNote: string; decidedBy: string; decidedAt: Date },
) => trx.updateTable('extension').set(decision).where('id', '=', id).execute();

export const departmentIn = (db: Db, authorityId: string, id: string) =>
  db
    .selectFrom('department')
    .select('id')
    .where('id', '=', id)
    .where('authorityId', '=', authorityId)
    .executeTakeFirst();

export const organisationByCode = (db: Db, authorityId: string, uscc: string) =>
  db
    .selectFrom('organisation')
    .select('id')
    .where('uscc', '=', uscc)
    .where('authorityId', '=', authorityId)
    .executeTakeFirst();

export const applicationByNumber = (db: Db, roundId: string, number: string) =>
  db
    .selectFrom('application')
    .select('id')
    .where('number', '=', number)
    .where('roundId', '=', roundId)
    .executeTakeFirst();

/** Whom an extension may concern of those who ask: their applications, organisations and the departments above these. */
export async function concernsOf(
  db: Db,
  roundId: string,
  who: { organisationIds: string[] },
): Promise<{ departmentIds: string[]; applicationIds: string[] }> {
  if (who.organisationIds.length === 0) return { departmentIds: [], applicationIds: [] };
  const above = await db
    .selectFrom('organisation')
    .select('departmentId')
    .where('id', 'in', who.organisationIds)
    .execute();
  const own = await db
    .selectFrom('application')
    .select('id')
    .where('roundId', '=', roundId)
    .where('organisationId', 'in', who.organisationIds)
    .execute();
  return { departmentIds: above.map(({ departmentId }) => departmentId), applicationIds: own.map(({ id }) => id) };
}

export const applicationsOfDepartments = async (
  db: Db,
  roundId: string,
  departmentIds: string[],
): Promise<{ applicationIds: string[]; organisationIds: string[] }> => {
  if (departmentIds.length === 0) return { applicationIds: [], organisationIds: [] };
  const rows = await db
    .selectFrom('application')
    .select(['id', 'organisationId'])
    .where('roundId', '=', roundId)
    .where('departmentId', 'in', departmentIds)
    .execute();
  return {
    applicationIds: rows.map(({ id }) => id),
    organisationIds: rows.map(({ organisationId }) => organisationId),
  };
};
