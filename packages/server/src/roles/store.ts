import { type Role } from '@keshen/rules';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import { containing, offsetOf, type Page } from '../platform/http/paging.ts';

export type PeopleFilter = Page & {
  q?: string | undefined;
  role?: Role | undefined;
  standing?: 'open' | 'closed' | undefined;
};

export type PersonRow = {
  id: string;
  login: string;
  name: string;
  createdAt: Date;
  disabledAt: Date | null;
  demonstration: boolean;
  secondFactorAt: Date | null;
};

const matching = (db: Db, { q, role, standing }: Omit<PeopleFilter, 'page' | 'pageSize'>) => {
  let people = db.selectFrom('person as p').leftJoin('secondFactor as f', 'f.personId', 'p.id');
  const word = q?.trim();
  if (word) {
    people = people.where((where) =>
      where.or([where('p.login', 'ilike', containing(word)), where('p.name', 'ilike', containing(word))]),
    );
  }
  if (standing) people = people.where('p.disabledAt', standing === 'open' ? 'is' : 'is not', null);
  if (role) {
    people = people.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('roleGrant as g')
          .select('g.id')
          .whereRef('g.personId', '=', 'p.id')
          .where('g.role', '=', role)
          .where('g.endedAt', 'is', null),
      ),
    );
  }
  return people.where('p.erasedAt', 'is', null);
};

const columns = ['p.id', 'p.login', 'p.name', 'p.createdAt', 'p.disabledAt', 'p.demonstration'] as const;

export async function findPeople(db: Db, filter: PeopleFilter): Promise<{ items: PersonRow[]; total: number }> {
  const { total } = await matching(db, filter)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await matching(db, filter)
    .select(columns)
    .select('f.confirmedAt as secondFactorAt')
    .orderBy('p.name')
    .orderBy('p.login')
    .offset(offsetOf(filter))
    .limit(filter.pageSize)
    .execute();
  return { items, total };
}

/** Everybody who fits, for a file. */
export const allPeople = (db: Db, filter: Omit<PeopleFilter, 'page' | 'pageSize'>): Promise<PersonRow[]> =>
  matching(db, filter)
    .select(columns)
    .select('f.confirmedAt as secondFactorAt')
    .orderBy('p.name')
    .orderBy('p.login')
    .execute();

export const findPerson = (db: Db, id: string): Promise<PersonRow | undefined> =>
  matching(db, {}).select(columns).select('f.confirmedAt as secondFactorAt').where('p.id', '=', id).executeTakeFirst();

/** Locked until the transaction ends: of two roles decided on at one moment the second sees the first. */
export const lockPerson = (trx: Trx, id: string) =>
  trx.selectFrom('person').select(['id', 'name', 'disabledAt']).where('id', '=', id).forUpdate().executeTakeFirst();

export const grantsOf = (db: Db, personIds: readonly string[]) =>
  db
    .selectFrom('roleGrant as g')
    .leftJoin('authority as a', 'a.id', 'g.authorityId')
    .leftJoin('department as d', 'd.id', 'g.departmentId')
    .leftJoin('organisation as o', 'o.id', 'g.organisationId')
    .select(['g.id', 'g.personId', 'g.role', 'g.authorityId', 'g.departmentId', 'g.grantedAt', 'g.endedAt'])
    .select(['g.endReason', 'a.name as authorityName', 'd.name as departmentName', 'o.name as organisationName'])
    .where('g.personId', 'in', personIds)
    .orderBy('g.grantedAt')
    .execute();
export type GrantRow = Awaited<ReturnType<typeof grantsOf>>[number];

export const lockGrant = (trx: Trx, id: string) =>
  trx
    .selectFrom('roleGrant')
    .select(['id', 'personId', 'role', 'authorityId', 'departmentId', 'endedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export async function endGrant(
  trx: Trx,
  id: string,
  end: { endedAt: Date; endedBy: string; endReason: string },
): Promise<void> {
  await trx.updateTable('roleGrant').set(end).where('id', '=', id).execute();
}

/** People who can still act in this role. Locked, so that the last two cannot end each other at one moment. */
export async function countHolders(trx: Trx, role: Role): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`holders:${role}`}, 0))`.execute(trx);
  const { holders } = await trx
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(({ fn }) => fn.countAll<number>().as('holders'))
    .where('g.role', '=', role)
    .where('g.endedAt', 'is', null)
    .where('p.disabledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return holders;
}

export const holdsAlready = async (db: Db, { personId, role, authorityId, departmentId }: Wanted): Promise<boolean> =>
  (await db
    .selectFrom('roleGrant')
    .select('id')
    .where('personId', '=', personId)
    .where('role', '=', role)
    .where('authorityId', authorityId === null ? 'is' : '=', authorityId)
    .where('departmentId', departmentId === null ? 'is' : '=', departmentId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()) !== undefined;

export type Wanted = { personId: string; role: Role; authorityId: string | null; departmentId: string | null };

/** Undefined when the same is proposed already. */
export async function insertProposal(
  trx: Trx,
  proposal: Wanted & { reason: string; proposedBy: string; proposedAt: Date },
): Promise<string | undefined> {
  const row = await trx
    .insertInto('roleProposal')
    .values(proposal)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

const proposals = (db: Db) =>
  db
    .selectFrom('roleProposal as r')
    .innerJoin('person as p', 'p.id', 'r.personId')
    .innerJoin('person as by', 'by.id', 'r.proposedBy')
    .leftJoin('person as other', 'other.id', 'r.decidedBy')
    .leftJoin('authority as a', 'a.id', 'r.authorityId')
    .leftJoin('department as d', 'd.id', 'r.departmentId')
    .selectAll('r')
    .select(['p.name as personName', 'p.login', 'by.name as proposedByName', 'other.name as decidedByName'])
    .select(['a.name as authorityName', 'd.name as departmentName']);
export type ProposalRow = NonNullable<Awaited<ReturnType<typeof findProposal>>>;

export const findProposal = (db: Db, id: string) => proposals(db).where('r.id', '=', id).executeTakeFirst();
export const lockProposal = (trx: Trx, id: string) =>
  proposals(trx).where('r.id', '=', id).forUpdate('r').executeTakeFirst();

/** What is open first, then the newest. */
export async function listProposals(db: Db, filter: Page & { state?: 'open' | 'decided' | undefined }) {
  const found = proposals(db).$if(filter.state !== undefined, (query) =>
    query.where('r.decision', filter.state === 'open' ? 'is' : 'is not', null),
  );
  const { total } = await db
    .selectFrom(found.as('m'))
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await found
    .orderBy(sql`r.decision is not null`)
    .orderBy('r.proposedAt', 'desc')
    .offset(offsetOf(filter))
    .limit(filter.pageSize)
    .execute();
  return { items, total };
}

export async function decide(
  trx: Trx,
  id: string,
  decision: {
    decision: 'approved' | 'declined' | 'withdrawn';
    decisionNote: string;
    decidedBy: string;
    decidedAt: Date;
  },
): Promise<void> {
  await trx.updateTable('roleProposal').set(decision).where('id', '=', id).execute();
}

/** Where a role is held: the authorities and their departments. */
export const placesOf = async (db: Db) => ({
  authorities: await db.selectFrom('authority').select(['id', 'name']).orderBy('division').execute(),
  departments: await db.selectFrom('department').select(['id', 'name', 'authorityId']).orderBy('name').execute(),
});
