import type { State } from '@keshen/rules';
import { sql } from 'kysely';
import type { Db } from '../platform/db/schema.ts';
import { keysOf, openWhole, ownerOf } from '../platform/secrets/index.ts';

/** With the content in clear: the hash is of that. */
export async function allSnapshots(db: Db) {
  const rows = await db
    .selectFrom('snapshot')
    .select(['id', 'applicationId', 'content', 'contentKey', 'hash', 'versionCode'])
    .execute();
  const keys = await keysOf(db);
  return rows.map(({ content, contentKey, ...row }) => ({
    ...row,
    content: openWhole(keys, ownerOf.application(row.applicationId), content, contentKey),
  }));
}

export const allFiles = (db: Db) => db.selectFrom('storedFile').select(['sha256', 'bytes']).execute();

export type ApplicationLine = { id: string; number: string; state: State; versionCode: string | null };

export const allApplications = (db: Db): Promise<ApplicationLine[]> =>
  db.selectFrom('application').select(['id', 'number', 'state', 'versionCode']).execute();

/** What was done to applications, in the order of the log. */
export const applicationActions = (db: Db) =>
  db
    .selectFrom('event')
    .select(['applicationId', 'action'])
    .where('applicationId', 'is not', null)
    .where('outcome', '=', 'done')
    .orderBy('id')
    .execute();

/** Steps of applications in live rounds, with the instant that they were received. */
export const liveSteps = (db: Db) =>
  db
    .selectFrom('event as e')
    .innerJoin('application as a', 'a.id', 'e.applicationId')
    .innerJoin('round as r', 'r.id', 'a.roundId')
    .select([
      'e.action',
      'e.at',
      'a.id',
      'a.number',
      'a.roundId',
      'a.organisationId',
      'a.departmentId',
      'a.createdAt',
      'a.returnedByDepartmentAt',
    ])
    .where('e.outcome', '=', 'done')
    .where('r.mode', '=', 'live')
    .execute();

/** Entries of lists that are in force whose application has another version by now. */
export const staleEntries = (db: Db) =>
  db
    .selectFrom('recommendationListEntry as e')
    .innerJoin('recommendationList as l', 'l.id', 'e.listId')
    .innerJoin('application as a', 'a.id', 'e.applicationId')
    .select(['l.code', 'a.number'])
    .where('l.voidedAt', 'is', null)
    .where((where) => where('a.versionCode', 'is distinct from', where.ref('e.versionCode')))
    .execute();

export const countEntries = async (db: Db): Promise<number> => {
  const row = await db
    .selectFrom('recommendationListEntry')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
};

/** Every counter of places with how many projects really hold one. */
export const countedPlaces = (db: Db) =>
  db
    .selectFrom('quotaCounter as c')
    .select(['c.quota', 'c.holder', 'c.granted', 'c.adjusted', 'c.taken'])
    .select((select) =>
      select
        .selectFrom('quotaPlace as p')
        .select((count) => count.fn.countAll<number>().as('held'))
        .whereRef('p.roundId', '=', 'c.roundId')
        .whereRef('p.quota', '=', 'c.quota')
        .whereRef('p.holder', '=', 'c.holder')
        .as('held'),
    )
    .execute();

/** Tables that lead to an authority and have no wall, and whether the role at work would pass one. */
export async function wallsOf(db: Db): Promise<{ walled: number; open: string[]; passes: boolean }> {
  const { rows } = await sql<{ name: string; walled: boolean; leads: boolean }>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy where polrelid = c.oid) as walled,
      exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and a.attname in ('authority_id', 'round_id', 'application_id', 'organisation_id', 'department_id')) as leads
    from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'`.execute(db);
  const { rows: roles } = await sql<{ passes: boolean }>`
    select rolsuper or rolbypassrls as passes from pg_roles where rolname = current_user`.execute(db);
  return {
    walled: rows.filter(({ walled }) => walled).length,
    open: rows.filter(({ walled, leads }) => leads && !walled).map(({ name }) => name),
    passes: roles.some(({ passes }) => passes),
  };
}
