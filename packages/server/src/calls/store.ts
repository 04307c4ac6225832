import type { CompiledCall } from '@keshen/rules';
import type { Selectable } from 'kysely';
import type { Database, Db, Trx } from '../platform/db/schema.ts';

export type RoundRow = Selectable<Database['round']> & { authorityName: string };

const rounds = (db: Db) =>
  db
    .selectFrom('round as r')
    .innerJoin('authority as a', 'a.id', 'r.authorityId')
    .selectAll('r')
    .select('a.name as authorityName');

export const findRound = (db: Db, id: string): Promise<RoundRow | undefined> =>
  rounds(db).where('r.id', '=', id).executeTakeFirst();

/** All rounds, or those of some authorities; the live ones first. */
export const listRounds = (db: Db, authorityIds?: string[]): Promise<RoundRow[]> =>
  rounds(db)
    .$if(authorityIds !== undefined, (query) =>
      query.where((where) => where('r.authorityId', '=', where.fn.any(where.val(authorityIds ?? [])))),
    )
    .orderBy('r.mode')
    .orderBy('a.division')
    .orderBy('r.callKey')
    .execute();

export const findRoundOfCall = (db: Db, callKey: string, mode: 'live' | 'rehearsal'): Promise<RoundRow | undefined> =>
  rounds(db).where('r.callKey', '=', callKey).where('r.mode', '=', mode).executeTakeFirst();

/** More time for one stage of a round: for whom, until when, since when it holds. */
export type Extension = Pick<
  Selectable<Database['extension']>,
  'until' | 'forWhom' | 'begunBy' | 'departmentId' | 'organisationId' | 'applicationId'
> & { stage: string; decidedAt: Date };

export const approvedExtensions = (db: Db, roundId: string): Promise<Extension[]> =>
  db
    .selectFrom('extension')
    .select(['stage', 'until', 'forWhom', 'begunBy', 'departmentId', 'organisationId', 'applicationId', 'decidedAt'])
    .where('roundId', '=', roundId)
    .where('decision', '=', 'approved')
    .$narrowType<{ decidedAt: Date }>()
    .execute();

export async function readVersion(db: Db, checksum: string): Promise<CompiledCall> {
  const row = await db
    .selectFrom('callVersion')
    .select('compiled')
    .where('checksum', '=', checksum)
    .executeTakeFirstOrThrow();
  return row.compiled as unknown as CompiledCall;
}

/** Publishing the same content again changes nothing. */
export async function insertVersion(
  db: Db,
  checksum: string,
  compiled: CompiledCall,
  publishedAt: Date,
): Promise<void> {
  await db
    .insertInto('callVersion')
    .values({ checksum, callKey: compiled.key, compiled: JSON.stringify(compiled), publishedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export const listVersions = (db: Db) => db.selectFrom('callVersion').selectAll().execute();

export async function insertRound(
  trx: Trx,
  round: {
    callKey: string;
    authorityId: string;
    checksum: string;
    mode: 'live' | 'rehearsal';
    shiftMs: number;
    openedAt: Date;
  },
): Promise<void> {
  await trx
    .insertInto('round')
    .values(round)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function updateRound(
  trx: Trx,
  id: string,
  change: { checksum?: string; shiftMs?: number; openedAt?: Date },
): Promise<void> {
  await trx.updateTable('round').set(change).where('id', '=', id).execute();
}

export async function saveAuthority(
  db: Db,
  authority: { id: string; name: string; division: string },
  departments: { name: string; kind: string; division: string }[],
): Promise<void> {
  await db
    .insertInto('authority')
    .values(authority)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: authority.name, division: authority.division }))
    .execute();
  for (const department of departments) {
    const { kind, division } = department;
    await db
      .insertInto('department')
      .values({ ...department, authorityId: authority.id })
      .onConflict((conflict) => conflict.columns(['authorityId', 'name']).doUpdateSet({ kind, division }))
      .execute();
  }
}

/** How many applications somebody has in each round. */
export async function countApplicationsOf(db: Db, personId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('application')
    .select((select) => ['roundId', select.fn.countAll<number>().as('count')])
    .where('applicantId', '=', personId)
    .groupBy('roundId')
    .execute();
  return new Map(rows.map((row) => [row.roundId, row.count]));
}

/** Applications and lists with all that hangs on them. The log stays: it tells that there was a rehearsal and who cleared it. */
export async function deleteContents(trx: Trx, roundId: string): Promise<{ applications: number; lists: number }> {
  const lists = await trx.deleteFrom('recommendationList').where('roundId', '=', roundId).executeTakeFirst();
  await trx.deleteFrom('departmentPledge').where('roundId', '=', roundId).execute();
  const applications = await trx.deleteFrom('application').where('roundId', '=', roundId).executeTakeFirst();
  return { applications: Number(applications.numDeletedRows), lists: Number(lists.numDeletedRows) };
}
