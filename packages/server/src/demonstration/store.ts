import type { Db } from '../platform/db/schema.ts';

export const listAuthorities = (db: Db) => db.selectFrom('authority').selectAll().orderBy('division').execute();

/** The first department of an authority that belongs to a place below the province, if there is one. */
export async function firstDepartment(db: Db, authorityId: string) {
  const all = await db
    .selectFrom('department')
    .selectAll()
    .where('authorityId', '=', authorityId)
    .orderBy('division')
    .orderBy('name')
    .execute();
  return all.find(({ division }) => division && !division.endsWith('0000')) ?? all[0];
}

export const findOrganisation = (db: Db, authorityId: string) =>
  db
    .selectFrom('organisation')
    .select(['id', 'name', 'departmentId'])
    .where('authorityId', '=', authorityId)
    .where('demonstration', '=', true)
    .executeTakeFirst();

/** The call that an authority's people are named after: the part of its key before the year. */
export const callKeys = (db: Db) =>
  db.selectFrom('round').select(['authorityId', 'callKey']).orderBy('callKey').execute();

export const listPeople = (db: Db) =>
  db
    .selectFrom('person as p')
    .innerJoin('roleGrant as g', 'g.personId', 'p.id')
    .leftJoin('authority as a', 'a.id', 'g.authorityId')
    .leftJoin('department as d', 'd.id', 'g.departmentId')
    .leftJoin('organisation as o', 'o.id', 'g.organisationId')
    .select(['p.login', 'p.name', 'g.role', 'g.authorityId', 'a.name as authorityName'])
    .select(['d.name as departmentName', 'o.name as organisationName'])
    .where('p.demonstration', '=', true)
    .where('p.disabledAt', 'is', null)
    .where('g.endedAt', 'is', null)
    .orderBy('a.division')
    .orderBy('p.createdAt')
    .orderBy('p.login')
    .execute();
