import { type Expression, sql, type SqlBool } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import { containing, offsetOf, type Page } from '../platform/http/paging.ts';
import { keysOf, openPersonal, ownerOf, sealValue } from '../platform/secrets/index.ts';
import { identityOf, type ProfileData } from './profile-fields.ts';

/** Kept sealed; by the first three somebody is found without being read. */
const INDEXED = ['idNumber', 'passportNumber', 'phone'];
const SEALED = [...INDEXED, 'email', 'birthDate'];

export type Profile = { revision: number; data: ProfileData; savedAt: Date };

export async function findProfile(db: Db, personId: string): Promise<Profile | undefined> {
  const row = await db.selectFrom('personProfile').selectAll().where('personId', '=', personId).executeTakeFirst();
  if (!row) return undefined;
  const data = openPersonal(await keysOf(db), ownerOf.person(personId), row.data) as ProfileData;
  return { revision: row.revision, data, savedAt: row.savedAt };
}

/** Two who save at one moment do so one after the other, and so do two who claim one number. */
export async function lockIdentities(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identities', 0))`.execute(trx);
}

export async function putProfile(trx: Trx, personId: string, { revision, data, savedAt }: Profile): Promise<void> {
  const keys = await keysOf(trx);
  const owner = ownerOf.person(personId);
  const stored = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      SEALED.includes(key) ? sealValue(keys, owner, value, INDEXED.includes(key)) : value,
    ]),
  );
  const identity = identityOf(data);
  const row = {
    revision,
    data: JSON.stringify(stored),
    idNumber: identity === undefined ? null : keys.index(identity),
    phone: typeof data.phone === 'string' ? keys.index(data.phone) : null,
    savedAt,
  };
  await trx
    .insertInto('personProfile')
    .values({ personId, ...row })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
    .execute();
}

/** Whose account a number is, under whichever index key it was stored. */
export async function findByIdentity(db: Db, number: string) {
  const keys = await keysOf(db);
  return db
    .selectFrom('personProfile as f')
    .innerJoin('person as p', 'p.id', 'f.personId')
    .select(['p.id', 'p.name', 'p.login', 'p.disabledAt'])
    .where('f.idNumber', 'in', keys.indexes(number))
    .executeTakeFirst();
}

export const confirmationsOf = (db: Db, personId: string) =>
  db
    .selectFrom('profileConfirmation as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisationId')
    .innerJoin('person as by', 'by.id', 'c.decidedBy')
    .select(['c.organisationId', 'o.name as organisationName', 'c.revision', 'c.decision', 'c.note', 'c.decidedAt'])
    .select('by.name as decidedByName')
    .where('c.personId', '=', personId)
    .orderBy('c.revision', 'desc')
    .execute();
export type Confirmation = Awaited<ReturnType<typeof confirmationsOf>>[number];

export async function putConfirmation(
  trx: Trx,
  confirmation: {
    personId: string;
    organisationId: string;
    revision: number;
    decision: 'confirmed' | 'returned';
    note: string;
    decidedBy: string;
    decidedAt: Date;
  },
): Promise<void> {
  const { decision, note, decidedBy, decidedAt } = confirmation;
  await trx
    .insertInto('profileConfirmation')
    .values(confirmation)
    .onConflict((conflict) =>
      conflict
        .columns(['personId', 'organisationId', 'revision'])
        .doUpdateSet({ decision, note, decidedBy, decidedAt }),
    )
    .execute();
}

/** Where somebody applies from now. */
export const membershipsOf = (db: Db, personId: string) =>
  db
    .selectFrom('roleGrant as g')
    .innerJoin('organisation as o', 'o.id', 'g.organisationId')
    .select(['g.id', 'g.role', 'g.authorityId', 'o.id as organisationId', 'o.name as organisationName'])
    .where('g.personId', '=', personId)
    .where('g.role', 'in', ['applicant', 'organisationAdministrator'])
    .where('g.endedAt', 'is', null)
    .execute();

export type ProfileState = 'none' | 'waiting' | 'changed' | 'confirmed' | 'returned';
export type ProfileFilter = Page & { q?: string | undefined; state?: ProfileState | undefined };

const STATE = sql<ProfileState>`case
  when f.revision is null then 'none'
  when c.revision is null then 'waiting'
  when c.revision < f.revision then 'changed'
  else c.decision end`;

/** The applicants of an organisation, each with where the profile stands. */
export async function listProfiles(db: Db, organisationId: string, { q, state, ...page }: ProfileFilter) {
  const word = q?.trim();
  const latest = db
    .selectFrom('profileConfirmation')
    .distinctOn('personId')
    .selectAll()
    .where('organisationId', '=', organisationId)
    .orderBy('personId')
    .orderBy('revision', 'desc')
    .as('c');
  const found = db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .leftJoin('personProfile as f', 'f.personId', 'p.id')
    .leftJoin(latest, 'c.personId', 'p.id')
    .select(['p.id', 'p.name', 'p.login', 'f.revision', 'f.savedAt', 'c.decidedAt', STATE.as('state')])
    .where('g.organisationId', '=', organisationId)
    .where('g.role', '=', 'applicant')
    .where('g.endedAt', 'is', null)
    .$if(word !== undefined && word !== '', (query) =>
      query.where((where) =>
        where.or([where('p.name', 'ilike', containing(word ?? '')), where('p.login', 'ilike', containing(word ?? ''))]),
      ),
    )
    .$if(state !== undefined, (query) => query.where(sql`${STATE} = ${state}` as Expression<SqlBool>));
  const { total } = await db
    .selectFrom(found.as('m'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await found.orderBy('p.name').orderBy('p.login').offset(offsetOf(page)).limit(page.pageSize).execute();
  return { items, total };
}

export const findMember = (db: Db, organisationId: string, personId: string) =>
  db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(['p.id', 'p.name', 'p.login', 'g.id as grantId', 'g.authorityId'])
    .where('g.organisationId', '=', organisationId)
    .where('g.personId', '=', personId)
    .where('g.role', '=', 'applicant')
    .where('g.endedAt', 'is', null)
    .executeTakeFirst();

export async function endMembership(
  trx: Trx,
  grantId: string,
  end: { endedAt: Date; endedBy: string; endReason: string },
): Promise<void> {
  await trx.updateTable('roleGrant').set(end).where('id', '=', grantId).execute();
}
