import type { Role } from '@keshen/rules';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import type { Grant } from '../platform/db/actors.ts';
import { forgetRateCounts } from '../platform/db/rate-limit.ts';
import { FOR_A_LOGIN, FOR_AN_ADDRESS, MEMORY_MS, tryAgainAt } from './slow-down.ts';

export type Account = {
  id: string;
  login: string;
  name: string;
  passwordHash: string;
  disabledAt: Date | null;
  demonstration: boolean;
};

export const findAccount = (db: Db, login: string): Promise<Account | undefined> =>
  db
    .selectFrom('person')
    .select(['id', 'login', 'name', 'passwordHash', 'disabledAt', 'demonstration'])
    .where('login', '=', login)
    .executeTakeFirst();

export const findAccountById = (db: Db, id: string): Promise<Account | undefined> =>
  db
    .selectFrom('person')
    .select(['id', 'login', 'name', 'passwordHash', 'disabledAt', 'demonstration'])
    .where('id', '=', id)
    .executeTakeFirst();

/** Undefined when the login is taken. */
export async function insertAccount(
  trx: Trx,
  account: {
    login: string;
    name: string;
    passwordHash: string;
    mustChangePassword: boolean;
    demonstration: boolean;
    createdAt: Date;
  },
): Promise<string | undefined> {
  const row = await trx
    .insertInto('person')
    .values(account)
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function insertGrant(
  trx: Trx,
  personId: string,
  grant: Grant,
  by: { grantedBy: string | null; grantedAt: Date },
): Promise<void> {
  await trx
    .insertInto('roleGrant')
    .values({ personId, ...grant, ...by })
    .execute();
}

export const rolesOf = async (db: Db, personId: string): Promise<Role[]> => {
  const rows = await db
    .selectFrom('roleGrant')
    .select('role')
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .execute();
  return rows.map((row) => row.role);
};

export const findDepartmentByName = (db: Db, authorityId: string, name: string): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('department')
    .select('id')
    .where('authorityId', '=', authorityId)
    .where('name', '=', name)
    .executeTakeFirst();

export const authorityExists = async (db: Db, id: string): Promise<boolean> =>
  (await db.selectFrom('authority').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/**
 * Counts an attempt as failed before the password is looked at, one at a time for each login, so that a hundred guesses sent at once are
 * no more than one by one. Returns its number, or when to try again.
 */
export async function claimAttempt(
  db: Db,
  attempt: { login: string; address: string; at: Date },
): Promise<{ id: number } | { tryAgainAt: Date }> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`sign-in:${attempt.login}`}, 0))`.execute(trx);
    const blocked =
      tryAgainAt(await failuresOfLogin(trx, attempt), attempt.at, FOR_A_LOGIN) ??
      tryAgainAt(await failuresOfAddress(trx, attempt), attempt.at, FOR_AN_ADDRESS);
    if (blocked) return { tryAgainAt: blocked };
    return trx
      .insertInto('signInAttempt')
      .values({ ...attempt, succeeded: false })
      .returning('id')
      .executeTakeFirstOrThrow();
  });
}

async function failuresOfLogin(trx: Trx, { login, at }: { login: string; at: Date }): Promise<Date[]> {
  const rows = await trx
    .selectFrom('signInAttempt')
    .select(['at', 'succeeded'])
    .where('login', '=', login)
    .where('at', '>', new Date(at.getTime() - MEMORY_MS))
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  const success = rows.findIndex((row) => row.succeeded);
  return (success < 0 ? rows : rows.slice(0, success)).map((row) => row.at);
}

/** The latest thousand at the most. */
export async function failuresOfAddress(db: Db, { address, at }: { address: string; at: Date }): Promise<Date[]> {
  const rows = await db
    .selectFrom('signInAttempt')
    .select('at')
    .where('address', '=', address)
    .where('succeeded', '=', false)
    .where('at', '>', new Date(at.getTime() - MEMORY_MS))
    .orderBy('id', 'desc')
    .limit(1000)
    .execute();
  return rows.map((row) => row.at);
}

export async function markSucceeded(db: Db, attempt: number): Promise<void> {
  await db.updateTable('signInAttempt').set({ succeeded: true }).where('id', '=', attempt).execute();
}

/** Neither a failure nor a success: as if it had not been made. */
export async function withdrawAttempt(db: Db, attempt: number): Promise<void> {
  await db.deleteFrom('signInAttempt').where('id', '=', attempt).execute();
}

export async function insertSession(
  trx: Trx,
  session: {
    tokenHash: Buffer;
    personId: string;
    createdAt: Date;
    expiresAt: Date;
    address: string;
    userAgent: string;
  },
): Promise<void> {
  await trx
    .insertInto('session')
    .values({ ...session, lastSeenAt: session.createdAt })
    .execute();
}

export async function deleteSession(db: Db, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('session').where('tokenHash', '=', tokenHash).execute();
}

/** Signs a person out everywhere, except where `keep` is used. */
export async function deleteSessionsOf(db: Db, personId: string, keep?: Buffer): Promise<void> {
  await db
    .deleteFrom('session')
    .where('personId', '=', personId)
    .$if(keep !== undefined, (query) => query.where('tokenHash', '!=', keep ?? Buffer.alloc(0)))
    .execute();
}

export async function updatePassword(
  trx: Trx,
  personId: string,
  passwordHash: string,
  mustChangePassword: boolean,
): Promise<void> {
  await trx.updateTable('person').set({ passwordHash, mustChangePassword }).where('id', '=', personId).execute();
}

export async function setDisabled(trx: Trx, personId: string, disabledAt: Date | null): Promise<void> {
  await trx.updateTable('person').set({ disabledAt }).where('id', '=', personId).execute();
}

export const namesOfGrants = (db: Db, personId: string, now: Date) =>
  db
    .selectFrom('actingGrant as g')
    .leftJoin('authority as a', 'a.id', 'g.authorityId')
    .leftJoin('department as d', 'd.id', 'g.departmentId')
    .leftJoin('organisation as o', 'o.id', 'g.organisationId')
    .select(['g.role', 'g.authorityId', 'g.departmentId', 'g.organisationId', 'g.deputyUntil'])
    .select(['a.name as authorityName', 'd.name as departmentName', 'o.name as organisationName'])
    .where('g.personId', '=', personId)
    .where((where) => where.or([where('g.deputyUntil', 'is', null), where('g.deputyUntil', '>', now)]))
    .orderBy('g.grantedAt')
    .orderBy('g.departmentId', (order) => order.asc().nullsFirst())
    .execute();

/** What an authority's latest round calls its recommending departments (初审单位, 项目主管部门, …). */
export async function wordForDepartment(db: Db, authorityId: string | null): Promise<string | undefined> {
  if (!authorityId) return undefined;
  const row = await db
    .selectFrom('round')
    .innerJoin('callVersion', 'callVersion.checksum', 'round.checksum')
    .select(sql<string>`compiled->'words'->>'recommendingDepartment'`.as('word'))
    .where('authorityId', '=', authorityId)
    .orderBy('openedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.word;
}

/** People of the demonstration are signed out when the system starts in production, where they cannot sign in again. */
export async function endDemonstrationSessions(db: Db): Promise<void> {
  const people = db.selectFrom('person').select('id').where('demonstration', '=', true);
  await db.deleteFrom('session').where('personId', 'in', people).execute();
}

/** Forgets sessions, half sessions, proofs and ways to the identity provider that are over, and attempts of more than a month ago. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  for (const table of ['session', 'halfSession', 'spentProof', 'singleSignOnAttempt'] as const)
    await db.deleteFrom(table).where('expiresAt', '<', now).execute();
  await db
    .deleteFrom('signInAttempt')
    .where('at', '<', new Date(now.getTime() - 30 * 86_400_000))
    .execute();
  await forgetRateCounts(db, now);
}
