import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import type { HostFacts, Platform } from './bonus.ts';
import type { Candidate, Claim, Holder } from './claims.ts';

type Named = {
  departmentId: string;
  departmentName: string;
  departmentKind: string;
  departmentDivision: string | null;
  organisationId: string;
  organisationName: string;
  uscc: string;
  organisationKind: string;
  organisationDivision: string;
};

const holderOfRow = (row: Named): Required<Holder> => ({
  departmentId: row.departmentId,
  departmentName: row.departmentName,
  departmentKind: row.departmentKind,
  departmentDivision: row.departmentDivision,
  organisation: {
    id: row.organisationId,
    name: row.organisationName,
    uscc: row.uscc,
    kind: row.organisationKind,
    division: row.organisationDivision,
  },
});

const projects = (db: Db) =>
  db
    .selectFrom('application as a')
    .innerJoin('department as d', 'd.id', 'a.departmentId')
    .innerJoin('organisation as o', 'o.id', 'a.organisationId')
    .select([
      'd.id as departmentId',
      'd.name as departmentName',
      'd.kind as departmentKind',
      'd.division as departmentDivision',
      'o.id as organisationId',
      'o.name as organisationName',
      'o.uscc',
      'o.kind as organisationKind',
      'o.division as organisationDivision',
    ]);

/** The project as places are counted for it. */
export async function candidateOf(db: Db, applicationId: string): Promise<Candidate> {
  const row = await projects(db)
    .select(['a.roundId', 'a.topic'])
    .where('a.id', '=', applicationId)
    .executeTakeFirstOrThrow();
  return { applicationId, roundId: row.roundId, topic: row.topic, ...holderOfRow(row) };
}

/** Departments with the organisations that have a project in the round; of one department or organisation, or all. */
export async function holdersIn(
  db: Db,
  roundId: string,
  of: { departmentId?: string; organisationId?: string },
): Promise<Required<Holder>[]> {
  let rows = projects(db).where('a.roundId', '=', roundId);
  if (of.departmentId) rows = rows.where('a.departmentId', '=', of.departmentId);
  if (of.organisationId) rows = rows.where('a.organisationId', '=', of.organisationId);
  const found = await rows.distinct().orderBy('d.name').orderBy('o.name').execute();
  return found.map(holderOfRow);
}

/** An organisation under its department, whether it has a project or not. */
export async function organisationAsHolder(db: Db, organisationId: string): Promise<Required<Holder> | undefined> {
  const row = await db
    .selectFrom('organisation as o')
    .innerJoin('department as d', 'd.id', 'o.departmentId')
    .select([
      'd.id as departmentId',
      'd.name as departmentName',
      'd.kind as departmentKind',
      'd.division as departmentDivision',
      'o.id as organisationId',
      'o.name as organisationName',
      'o.uscc',
      'o.kind as organisationKind',
      'o.division as organisationDivision',
    ])
    .where('o.id', '=', organisationId)
    .executeTakeFirst();
  return row && holderOfRow(row);
}

/** The departments of an authority, or one of them. */
export const departmentsAsHolders = (db: Db, of: { authorityId: string; departmentId?: string }): Promise<Holder[]> =>
  db
    .selectFrom('department')
    .select([
      'id as departmentId',
      'name as departmentName',
      'kind as departmentKind',
      'division as departmentDivision',
    ])
    .where('authorityId', '=', of.authorityId)
    .$if(of.departmentId !== undefined, (query) => query.where('id', '=', of.departmentId ?? ''))
    .orderBy('name')
    .execute();

export type Counter = { quota: string; holder: string; granted: number; adjusted: number; taken: number };

export const countersOf = (db: Db, roundId: string): Promise<Counter[]> =>
  db
    .selectFrom('quotaCounter')
    .select(['quota', 'holder', 'granted', 'adjusted', 'taken'])
    .where('roundId', '=', roundId)
    .execute();

/**
 * The counter, made if there is none, and nobody else's until the transaction ends. Where the call gives another number by now (another
 * reading, a supplementary notice) that number holds, but never fewer than are taken.
 */
export const lockCounter = (
  trx: Trx,
  roundId: string,
  { counter, holder, granted }: Pick<Claim, 'counter' | 'holder' | 'granted'>,
): Promise<Counter> =>
  trx
    .insertInto('quotaCounter')
    .values({ roundId, quota: counter, holder, granted })
    .onConflict((conflict) =>
      conflict.columns(['roundId', 'quota', 'holder']).doUpdateSet({
        granted: sql`greatest(excluded.granted, quota_counter.taken - quota_counter.adjusted)`,
      }),
    )
    .returning(['quota', 'holder', 'granted', 'adjusted', 'taken'])
    .executeTakeFirstOrThrow();

export type Held = { quota: string; holder: string; countsAt: 'recommend' | 'submit'; platformName: string | null };

export const heldBy = (db: Db, applicationId: string): Promise<Held[]> =>
  db
    .selectFrom('quotaPlace')
    .select(['quota', 'holder', 'countsAt', 'platformName'])
    .where('applicationId', '=', applicationId)
    .orderBy('quota')
    .execute();

export const insertPlace = (
  trx: Trx,
  place: { applicationId: string; roundId: string; takenAt: Date },
  { counter, holder, quota, bonus }: Claim,
) =>
  trx
    .insertInto('quotaPlace')
    .values({
      ...place,
      quota: counter,
      holder,
      countsAt: quota.countsAt,
      platformId: bonus?.platformId ?? null,
      platformName: bonus?.platformName ?? null,
    })
    .execute();

/** Frees places of a project: all, those counted at a step, or one. */
export const deletePlaces = (
  trx: Trx,
  applicationId: string,
  of: { countsAt?: 'recommend' | 'submit'; quota?: string } = {},
): Promise<Held[]> => {
  let places = trx.deleteFrom('quotaPlace').where('applicationId', '=', applicationId);
  if (of.countsAt) places = places.where('countsAt', '=', of.countsAt);
  if (of.quota) places = places.where('quota', '=', of.quota);
  return places.returning(['quota', 'holder', 'countsAt', 'platformName']).execute();
};

/** The platforms on which the bonus places of some projects rest. */
export async function bonusPlatforms(db: Db, applicationIds: readonly string[]): Promise<Map<string, string>> {
  if (applicationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('quotaPlace')
    .select(['applicationId', 'platformName'])
    .where('applicationId', 'in', [...applicationIds])
    .where('platformName', 'is not', null)
    .execute();
  return new Map(rows.map(({ applicationId, platformName }) => [applicationId, platformName ?? '']));
}

export async function adjustCounter(
  trx: Trx,
  change: { roundId: string; quota: string; holder: string; change: number; reason: string },
  by: { adjustedBy: string; adjustedAt: Date },
): Promise<void> {
  await trx
    .updateTable('quotaCounter')
    .set((set) => ({ adjusted: set('adjusted', '+', change.change) }))
    .where('roundId', '=', change.roundId)
    .where('quota', '=', change.quota)
    .where('holder', '=', change.holder)
    .execute();
  await trx
    .insertInto('quotaAdjustment')
    .values({ ...change, ...by })
    .execute();
}

export const adjustmentsOf = (db: Db, roundId: string) =>
  db
    .selectFrom('quotaAdjustment')
    .innerJoin('person', 'person.id', 'quotaAdjustment.adjustedBy')
    .select(['quota', 'holder', 'change', 'reason', 'person.name as byName', 'adjustedAt'])
    .where('roundId', '=', roundId)
    .orderBy('adjustedAt')
    .execute();

const registerAnswers = async (db: Db, authorityId: string, register: string): Promise<boolean> => {
  const state = await db
    .selectFrom('registerState')
    .select('status')
    .where('authorityId', '=', authorityId)
    .where('register', '=', register)
    .executeTakeFirst();
  return state?.status === 'ok';
};

const platformRow = ({ content, uscc }: { content: Record<string, unknown>; uscc: string }): Platform => {
  const text = (key: string): string => (typeof content[key] === 'string' ? content[key] : '');
  const ongoing = content['ongoingCooperation'];
  return {
    // A register without numbers of its own tells its platforms apart by kind and name.
    id: text('id') || `${text('kind')}|${text('name')}|${uscc}`,
    name: text('name') || text('id'),
    kind: text('kind'),
    uscc,
    confirmed: content['confirmed'] === true,
    ...(typeof ongoing === 'boolean' && { ongoing }),
  };
};

const platforms = (db: Db, authorityId: string) =>
  db.selectFrom('platformRecord').select(['content', 'uscc']).where('authorityId', '=', authorityId).orderBy('id');

export async function findPlatform(db: Db, authorityId: string, id: string): Promise<Platform | undefined> {
  const rows = await platforms(db, authorityId)
    .where((where) => where.or([where(sql`content ->> 'id'`, '=', id), where('uscc', '=', id.split('|')[2] ?? '')]))
    .execute();
  return rows.map(platformRow).find((platform) => platform.id === id);
}

const COOPERATION = ['intlCooperation', 'hmtCooperation'];
const RUNNING = ['ongoing', 'overdue'];

/** What the registers know of an organisation as a host. A register that does not answer leaves its part out. */
export async function hostFacts(db: Db, authorityId: string, uscc: string): Promise<HostFacts> {
  const found: HostFacts = {};
  const hosted = await platforms(db, authorityId).select('hostedPlatformId').where('uscc', '=', uscc).execute();
  // What a department confirmed here is known, whether the register answers or not.
  const answers = await registerAnswers(db, authorityId, 'platforms');
  const known = answers ? hosted : hosted.filter(({ hostedPlatformId }) => hostedPlatformId !== null);
  if (answers || known.length > 0) found.platforms = known.map(platformRow);
  if (await registerAnswers(db, authorityId, 'projects')) {
    const running = await db
      .selectFrom('projectRecord')
      .select('id')
      .where('authorityId', '=', authorityId)
      .where('uscc', '=', uscc)
      .where(sql<string>`content ->> 'category'`, 'in', COOPERATION)
      .where(sql<string>`content ->> 'state'`, 'in', RUNNING)
      .where(sql<string>`coalesce(content ->> 'level', 'provincial')`, '=', 'provincial')
      .where(sql<string>`coalesce(content ->> 'orgRole', 'lead')`, '=', 'lead')
      .limit(1)
      .execute();
    found.hostOngoing = running.length > 0;
  }
  return found;
}
