import type { Role } from '@keshen/rules';
import type { Db, Trx } from '../platform/db/schema.ts';

export const insertCause = (trx: Trx, eventId: number, at: Date) =>
  trx.insertInto('noticeCause').values({ eventId, queuedAt: at, notBefore: at }).execute();

/** The next event to tell, nobody else's until the transaction ends. */
export const claimCause = (trx: Trx, now: Date) =>
  trx
    .selectFrom('noticeCause')
    .innerJoin('event', 'event.id', 'noticeCause.eventId')
    .select([
      'event.id',
      'event.at',
      'event.personId',
      'event.action',
      'event.outcome',
      'event.subjectKind',
      'event.subjectId',
      'event.applicationId',
      'event.detail',
      'noticeCause.attempts',
    ])
    .where('noticeCause.notBefore', '<=', now)
    .orderBy('noticeCause.eventId')
    .limit(1)
    .forUpdate('noticeCause')
    .skipLocked()
    .executeTakeFirst();

export type CauseEvent = NonNullable<Awaited<ReturnType<typeof claimCause>>>;

export const deleteCause = (trx: Trx, eventId: number) =>
  trx.deleteFrom('noticeCause').where('eventId', '=', eventId).execute();

export const postponeCause = (db: Db, eventId: number, notBefore: Date, problem: string) =>
  db
    .updateTable('noticeCause')
    .set((set) => ({ notBefore, problem, attempts: set('attempts', '+', 1) }))
    .where('eventId', '=', eventId)
    .execute();

/** Where an event stands: what it touched, so far as it is still there. */
export const findList = (db: Db, id: string) =>
  db
    .selectFrom('recommendationList')
    .innerJoin('department', 'department.id', 'recommendationList.departmentId')
    .select(['roundId', 'departmentId', 'code', 'department.name as departmentName'])
    .where('recommendationList.id', '=', id)
    .executeTakeFirst();

export const findOrganisationByCode = (db: Db, authorityId: string, uscc: string) =>
  db
    .selectFrom('organisation')
    .select(['id', 'name', 'departmentId', 'authorityId'])
    .where('authorityId', '=', authorityId)
    .where('uscc', '=', uscc)
    .executeTakeFirst();

export const findExtension = (db: Db, id: string) =>
  db.selectFrom('extension').selectAll().where('id', '=', id).executeTakeFirst();

type Within = { authorityId?: string; departmentId?: string; organisationId?: string };

/** The people who hold one of the roles there now. */
export async function peopleIn(db: Db, roles: readonly Role[], within: Within): Promise<string[]> {
  const { authorityId, departmentId, organisationId } = within;
  let found = db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .select('roleGrant.personId')
    .where('role', 'in', [...roles])
    .where('roleGrant.endedAt', 'is', null)
    .where('person.disabledAt', 'is', null);
  if (authorityId) found = found.where('authorityId', '=', authorityId);
  if (departmentId) found = found.where('departmentId', '=', departmentId);
  if (organisationId) found = found.where('organisationId', '=', organisationId);
  const rows = await found.distinct().execute();
  return rows.map(({ personId }) => personId);
}

/** Applicants and administrators of the approved organisations of an authority, or of some of them. */
export async function peopleOfOrganisations(
  db: Db,
  authorityId: string,
  of: { organisationId?: string; departmentId?: string } = {},
): Promise<string[]> {
  let found = db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .innerJoin('organisation', 'organisation.id', 'roleGrant.organisationId')
    .select('roleGrant.personId')
    .where('role', 'in', ['applicant', 'organisationAdministrator'])
    .where('organisation.authorityId', '=', authorityId)
    .where('organisation.state', '=', 'approved')
    .where('roleGrant.endedAt', 'is', null)
    .where('person.disabledAt', 'is', null);
  if (of.organisationId) found = found.where('organisation.id', '=', of.organisationId);
  if (of.departmentId) found = found.where('organisation.departmentId', '=', of.departmentId);
  const rows = await found.distinct().execute();
  return rows.map(({ personId }) => personId);
}
