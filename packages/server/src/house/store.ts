import { sql } from 'kysely';
import type { Db } from '../platform/db/schema.ts';

/** The registers of every authority with the date of their content. */
export const registers = (db: Db) =>
  db
    .selectFrom('registerState as r')
    .innerJoin('authority as a', 'a.id', 'r.authorityId')
    .select(['a.name as authority', 'r.register', 'r.name', 'r.asOf', 'r.status'])
    .orderBy('a.division')
    .orderBy('r.register')
    .execute();

export const rounds = (db: Db) =>
  db
    .selectFrom('round as r')
    .innerJoin('callVersion as v', 'v.checksum', 'r.checksum')
    .innerJoin('authority as a', 'a.id', 'r.authorityId')
    .select(['r.id', 'r.callKey', 'r.mode', 'r.openedAt', 'r.closedAt', 'v.checksum', 'v.publishedAt'])
    .select(['a.name as authority', sql<string>`v.compiled->>'title'`.as('title')])
    .orderBy('r.openedAt', 'desc')
    .execute();

export async function database(db: Db) {
  const { rows } = await sql<{ version: string; bytes: number; migrations: number; newest: string }>`
    select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
      (select count(*)::int from migration) as migrations, (select max(name) from migration) as newest`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the database says nothing of itself');
  return row;
}

/** What the house does of itself, by what it left behind. */
export async function upkeep(db: Db) {
  const root = await db
    .selectFrom('logRoot as r')
    .leftJoin('logStamp as s', 's.root', 'r.ordinal')
    .select(['r.ordinal', 'r.madeAt', 's.stampedAt'])
    .orderBy('r.ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  const newestKey = await db
    .selectFrom('dataKey')
    .select('createdAt')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { waiting } = await db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('id', '>', sql<number>`(select coalesce(max(last_event), 0) from log_root)`)
    .executeTakeFirstOrThrow();
  return { root, newestKey, waiting };
}

export async function counts(db: Db) {
  const { rows } = await sql<{ people: number; sessions: number; organisations: number; applications: number }>`
    select (select count(*)::int from person where disabled_at is null) as people,
      (select count(*)::int from session where expires_at > now()) as sessions,
      (select count(*)::int from organisation where state = 'approved') as organisations,
      (select count(*)::int from application) as applications`.execute(db);
  return rows[0];
}

export async function administrators(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(['g.role', ({ fn }) => fn.countAll<number>().as('holders')])
    .where('g.role', 'in', ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'])
    .where('g.endedAt', 'is', null)
    .where('p.disabledAt', 'is', null)
    .groupBy('g.role')
    .execute();
  return Object.fromEntries(rows.map(({ role, holders }) => [role, holders]));
}
