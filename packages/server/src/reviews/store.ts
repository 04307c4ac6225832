import type { Role } from '@keshen/rules';
import { sql } from 'kysely';
import type { ReviewStep } from '../applications/index.ts';
import type { Db, Trx } from '../platform/db/schema.ts';

export type Reviewer = { id: string; name: string };
type Scope = { authorityId?: string; departmentId?: string; organisationId?: string };

/** The people who hold one of the roles within a department, an organisation or an authority. */
export async function peopleWith(db: Db, roles: readonly Role[], scope: Scope): Promise<Reviewer[]> {
  let found = db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .select(['person.id', 'person.name'])
    .distinct()
    .where('role', 'in', roles)
    .where('endedAt', 'is', null)
    .where('disabledAt', 'is', null);
  if (scope.departmentId) found = found.where('departmentId', '=', scope.departmentId);
  else if (scope.organisationId) found = found.where('organisationId', '=', scope.organisationId);
  else found = found.where('authorityId', '=', scope.authorityId ?? '');
  return found.orderBy('person.name').execute();
}

export const departmentSetting = (db: Db, id: string) =>
  db.selectFrom('department').select(['id', 'name', 'finalSignOff']).where('id', '=', id).executeTakeFirstOrThrow();

export const organisationSetting = (db: Db, id: string) =>
  db.selectFrom('organisation').select(['id', 'name', 'finalSignOff']).where('id', '=', id).executeTakeFirstOrThrow();

export const setDepartmentSignOff = (trx: Trx, id: string, finalSignOff: boolean) =>
  trx.updateTable('department').set({ finalSignOff }).where('id', '=', id).execute();

export const setOrganisationSignOff = (trx: Trx, id: string, finalSignOff: boolean) =>
  trx.updateTable('organisation').set({ finalSignOff }).where('id', '=', id).execute();

export const putAssignment = (
  trx: Trx,
  assignment: { applicationId: string; step: ReviewStep; personId: string; assignedBy: string; assignedAt: Date },
) =>
  trx
    .insertInto('reviewerAssignment')
    .values(assignment)
    .onConflict((conflict) => conflict.columns(['applicationId', 'step']).doUpdateSet(assignment))
    .execute();

export const endAssignment = (trx: Trx, applicationId: string, step: ReviewStep) =>
  trx.deleteFrom('reviewerAssignment').where('applicationId', '=', applicationId).where('step', '=', step).execute();

export const putOpinion = (
  trx: Trx,
  opinion: {
    applicationId: string;
    step: 'organisation' | 'department';
    text: string;
    writtenBy: string;
    writtenAt: Date;
  },
) =>
  trx
    .insertInto('reviewOpinion')
    .values(opinion)
    .onConflict((conflict) => conflict.columns(['applicationId', 'step']).doUpdateSet(opinion))
    .execute();

export const insertNote = (
  trx: Trx,
  note: { applicationId: string; step: ReviewStep; text: string; writtenBy: string; writtenAt: Date },
) => trx.insertInto('reviewNote').values(note).execute();

export const notesOf = (db: Db, applicationId: string, step: ReviewStep) =>
  db
    .selectFrom('reviewNote')
    .innerJoin('person', 'person.id', 'reviewNote.writtenBy')
    .select(['reviewNote.id', 'text', 'writtenAt', 'person.name as writtenByName'])
    .where('applicationId', '=', applicationId)
    .where('step', '=', step)
    .orderBy('writtenAt')
    .execute();

/** The longest that a preview waits for somebody who is working on one of its applications. */
export const boundWaiting = async (trx: Trx): Promise<void> => {
  await sql`set local lock_timeout = '3s'`.execute(trx);
};

/** A lock that was not given in time, or that two transactions wanted from each other. */
export const isLockTrouble = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01');

export const viewsOf = (db: Db, personId: string, queue: string) =>
  db
    .selectFrom('savedView')
    .select(['id', 'name', 'filters'])
    .where('personId', '=', personId)
    .where('queue', '=', queue)
    .orderBy('savedAt')
    .execute();

export async function putView(
  trx: Trx,
  view: { personId: string; queue: string; name: string; filters: Record<string, string>; savedAt: Date },
): Promise<string> {
  const row = { ...view, filters: JSON.stringify(view.filters) };
  const { id } = await trx
    .insertInto('savedView')
    .values(row)
    .onConflict((conflict) => conflict.columns(['personId', 'queue', 'name']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export const deleteView = (trx: Trx, personId: string, id: string) =>
  trx.deleteFrom('savedView').where('personId', '=', personId).where('id', '=', id).execute();
