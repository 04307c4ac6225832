import type { State } from '@keshen/rules';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

/** An application as far as a reminder needs it. */
export type WaitingApplication = {
  id: string;
  number: string;
  title: string;
  state: State;
  applicantId: string;
  coEditorIds: string[];
  organisationId: string;
  organisationName: string;
  departmentId: string;
  createdAt: Date;
  returnedByDepartmentAt: Date | null;
};

const waiting = (db: Db) =>
  db
    .selectFrom('application as a')
    .innerJoin('organisation', 'organisation.id', 'a.organisationId')
    .select([
      'a.id',
      'a.number',
      'a.title',
      'a.state',
      'a.applicantId',
      'a.organisationId',
      'organisation.name as organisationName',
      'a.departmentId',
      'a.createdAt',
      'a.returnedByDepartmentAt',
    ])
    .select(
      sql<
        string[]
      >`array(select person_id from co_editor where co_editor.application_id = a.id and ended_at is null)`.as(
        'coEditorIds',
      ),
    );

/** The applications of a round that are in one of these states. */
export const applicationsIn = (db: Db, roundId: string, states: readonly State[]): Promise<WaitingApplication[]> =>
  waiting(db)
    .where('a.roundId', '=', roundId)
    .where('a.state', 'in', [...states])
    .orderBy('a.number')
    .execute();

type Reach = Pick<
  Selectable<Database['extension']>,
  'roundId' | 'begunBy' | 'departmentId' | 'organisationId' | 'applicationId'
>;

/** Those of them that an extension is for. */
export function applicationsReached(
  db: Db,
  { roundId, begunBy, departmentId, organisationId, applicationId }: Reach,
  states: readonly State[],
): Promise<WaitingApplication[]> {
  let found = waiting(db)
    .where('a.roundId', '=', roundId)
    .where('a.state', 'in', [...states]);
  if (begunBy) found = found.where('a.createdAt', '<=', begunBy);
  if (departmentId) found = found.where('a.departmentId', '=', departmentId);
  if (organisationId) found = found.where('a.organisationId', '=', organisationId);
  if (applicationId) found = found.where('a.id', '=', applicationId);
  return found.execute();
}

/** The marks of a round that were passed. */
export async function passedMarks(db: Db, roundId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('noticeMark').select('mark').where('roundId', '=', roundId).execute();
  return new Set(rows.map(({ mark }) => mark));
}

/** Whether this is the first to pass the mark; whoever comes at the same moment waits, and is told no. */
export async function passMark(trx: Trx, roundId: string, mark: string, passedAt: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('noticeMark')
    .values({ roundId, mark, passedAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
