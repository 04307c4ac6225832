import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';
import { containing, offsetOf, type Page } from '../platform/http/paging.ts';
import { keysOf, ownerOf } from '../platform/secrets/index.ts';

export type OrganisationRow = Selectable<Database['organisation']> & {
  departmentName: string;
  supervisorName: string | null;
  zoneName: string | null;
};
/** Whose records somebody reaches: any of these. */
export type Reach = { authorityIds: string[]; departmentIds: string[]; organisationIds: string[] };

const withDepartment = (db: Db) =>
  db
    .selectFrom('organisation as o')
    .innerJoin('department as d', 'd.id', 'o.departmentId')
    .leftJoin('department as s', 's.id', 'o.supervisorId')
    .leftJoin('department as z', 'z.id', 'o.zoneId')
    .selectAll('o')
    .select(['d.name as departmentName', 's.name as supervisorName', 'z.name as zoneName']);

export const findOrganisation = async (db: Db, id: string): Promise<OrganisationRow | undefined> =>
  (await opened(db, await withDepartment(db).where('o.id', '=', id).execute()))[0];

/** Locked until the transaction ends, so that two reviewers decide one after the other. */
export const lockOrganisation = async (trx: Trx, id: string): Promise<OrganisationRow | undefined> =>
  (await opened(trx, await withDepartment(trx).where('o.id', '=', id).forUpdate('o').execute()))[0];

/** The phone of whoever answers for the organisation is stored sealed. */
async function opened(db: Db, rows: OrganisationRow[]): Promise<OrganisationRow[]> {
  const keys = await keysOf(db);
  return rows.map((row) => ({ ...row, contactPhone: keys.open(ownerOf.organisation(row.id), row.contactPhone) }));
}

const sealedPhone = async (trx: Trx, id: string, phone: string): Promise<string> =>
  (await keysOf(trx)).seal(ownerOf.organisation(id), phone);

export const lockOrganisationByCode = (trx: Trx, authorityId: string, uscc: string) =>
  trx
    .selectFrom('organisation')
    .select(['id', 'name', 'state'])
    .where('authorityId', '=', authorityId)
    .where('uscc', '=', uscc)
    .forUpdate()
    .executeTakeFirst();

export async function listOrganisations(
  db: Db,
  reach: Reach,
  filter: Page & { q?: string | undefined; state?: OrganisationRow['state'] | undefined },
): Promise<{ items: OrganisationRow[]; total: number }> {
  const word = filter.q?.trim();
  const matching = withDepartment(db)
    .where((where) =>
      where.or([
        where('o.authorityId', 'in', orNone(reach.authorityIds)),
        where('o.departmentId', 'in', orNone(reach.departmentIds)),
        where('o.id', 'in', orNone(reach.organisationIds)),
      ]),
    )
    .$if(filter.state !== undefined, (query) => query.where('o.state', '=', filter.state ?? 'pending'))
    .$if(word !== undefined && word !== '', (query) =>
      query.where((where) =>
        where.or([where('o.name', 'ilike', containing(word ?? '')), where('o.uscc', 'ilike', containing(word ?? ''))]),
      ),
    );
  const { total } = await db
    .selectFrom(matching.as('m'))
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await matching
    .orderBy('o.createdAt', 'desc')
    .orderBy('o.id')
    .limit(filter.pageSize)
    .offset(offsetOf(filter))
    .execute();
  return { items: await opened(db, items), total };
}

/** `in ()` is no SQL; an id that no row has stands for an empty list. */
const orNone = (ids: string[]): string[] => (ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000']);

export type OrganisationFields = Pick<
  Selectable<Database['organisation']>,
  | 'authorityId'
  | 'departmentId'
  | 'uscc'
  | 'name'
  | 'kind'
  | 'legalPerson'
  | 'registeredOn'
  | 'division'
  | 'address'
  | 'legalRepresentative'
  | 'contactName'
  | 'contactPhone'
> &
  Partial<
    Pick<
      Selectable<Database['organisation']>,
      'affiliation' | 'universityLevel' | 'firstLevelBudget' | 'supervisorId' | 'zoneId'
    >
  >;

/** Undefined when the code was registered at the same moment by somebody else. */
export async function insertOrganisation(
  trx: Trx,
  fields: OrganisationFields & { createdAt: Date; demonstration?: boolean; state?: OrganisationRow['state'] },
): Promise<string | undefined> {
  const id = randomUUID();
  const row = await trx
    .insertInto('organisation')
    .values({ id, ...fields, contactPhone: await sealedPhone(trx, id, fields.contactPhone) })
    .onConflict((conflict) => conflict.columns(['authorityId', 'uscc']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** A rejected registration that is handed in again. */
export async function renewOrganisation(trx: Trx, id: string, fields: OrganisationFields): Promise<void> {
  await trx
    .updateTable('organisation')
    .set({
      ...fields,
      contactPhone: await sealedPhone(trx, id, fields.contactPhone),
      state: 'pending',
      reviewNote: null,
      reviewedBy: null,
      reviewedAt: null,
    })
    .where('id', '=', id)
    .execute();
}

export async function setReview(
  trx: Trx,
  id: string,
  review: { state: 'approved' | 'rejected'; reviewNote: string | null; reviewedBy: string; reviewedAt: Date },
): Promise<void> {
  await trx.updateTable('organisation').set(review).where('id', '=', id).execute();
}

/** The contact's name and phone. */
export async function setContact(
  trx: Trx,
  id: string,
  { contactName, contactPhone }: { contactName: string; contactPhone: string },
): Promise<void> {
  const sealed = await sealedPhone(trx, id, contactPhone);
  await trx.updateTable('organisation').set({ contactName, contactPhone: sealed }).where('id', '=', id).execute();
}

export const listAuthorities = (db: Db) => db.selectFrom('authority').selectAll().orderBy('division').execute();
const people = (db: Db, organisationId: string) =>
  db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(['p.id', 'p.login', 'p.name', 'p.createdAt', 'p.disabledAt', 'g.role'])
    .where('g.organisationId', '=', organisationId)
    .where('g.deputyUntil', 'is', null)
    .where('g.role', 'in', ['applicant', 'organisationReviewer', 'organisationAdministrator'])
    .where('g.endedAt', 'is', null);

export const listPeople = (db: Db, organisationId: string) =>
  people(db, organisationId).orderBy('g.role', 'desc').orderBy('p.createdAt').execute();

export const findApplicant = (db: Db, organisationId: string, personId: string) =>
  people(db, organisationId)
    .where('g.role', '!=', 'organisationAdministrator')
    .where('p.id', '=', personId)
    .executeTakeFirst();

/** The administrator's grant ends when a rejected organisation registers anew. */
export async function endAdministrators(trx: Trx, organisationId: string, at: Date): Promise<string[]> {
  const rows = await trx
    .updateTable('roleGrant')
    .set({ endedAt: at })
    .where('organisationId', '=', organisationId)
    .where('role', '=', 'organisationAdministrator')
    .where('endedAt', 'is', null)
    .returning('personId')
    .execute();
  return rows.map((row) => row.personId);
}

/** Closes accounts that only a rejected registration had made, and frees their logins. */
export async function retireAccounts(trx: Trx, personIds: string[], at: Date): Promise<void> {
  if (personIds.length === 0) return;
  await trx
    .updateTable('person')
    .set({ login: sql`login || '#' || id`, disabledAt: at })
    .where('id', 'in', personIds)
    .execute();
}

/** Where else somebody holds a role: the name of another organisation, or of the authority; undefined when nowhere. */
export async function placeElsewhere(db: Db, personId: string, organisationId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('roleGrant as g')
    .leftJoin('organisation as o', 'o.id', 'g.organisationId')
    .leftJoin('department as d', 'd.id', 'g.departmentId')
    .leftJoin('authority as a', 'a.id', 'g.authorityId')
    .select(['o.name as organisation', 'd.name as department', 'a.name as authority'])
    .where('g.personId', '=', personId)
    .where('g.endedAt', 'is', null)
    .where((where) =>
      where.or([where('g.organisationId', 'is', null), where('g.organisationId', '!=', organisationId)]),
    )
    .limit(1)
    .executeTakeFirst();
  return row && (row.organisation ?? row.department ?? row.authority ?? '系统管理');
}
