import { sql } from 'kysely';
import type { Db, Trx } from '../../platform/db/schema.ts';

export type Deputy = { personId: string; name: string; login: string; grantedAt: Date; deputyUntil: Date };

const ADMINISTRATOR = 'organisationAdministrator';

/** Deputies whose time has not come yet, the nearest end first. */
export const deputiesOf = (db: Db, organisationId: string, now: Date): Promise<Deputy[]> =>
  db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(['g.personId', 'p.name', 'p.login', 'g.grantedAt', 'g.deputyUntil'])
    .where('g.organisationId', '=', organisationId)
    .where('g.role', '=', ADMINISTRATOR)
    .where('g.endedAt', 'is', null)
    .where('g.deputyUntil', '>', now)
    .orderBy('g.deputyUntil')
    .$narrowType<{ deputyUntil: Date }>()
    .execute();

export const administratorOf = (db: Db, organisationId: string) =>
  db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(['g.personId', 'p.name', 'p.login', 'g.grantedAt', 'p.disabledAt'])
    .where('g.organisationId', '=', organisationId)
    .where('g.role', '=', ADMINISTRATOR)
    .where('g.endedAt', 'is', null)
    .where('g.deputyUntil', 'is', null)
    .executeTakeFirst();

/** A person of the organisation, with what he is there. */
export const memberOf = (db: Db, organisationId: string, personId: string) =>
  db
    .selectFrom('roleGrant as g')
    .innerJoin('person as p', 'p.id', 'g.personId')
    .select(['p.id', 'p.name', 'p.login', 'p.disabledAt'])
    .where('g.organisationId', '=', organisationId)
    .where('g.personId', '=', personId)
    .where('g.endedAt', 'is', null)
    .executeTakeFirst();

export async function endAdministration(
  trx: Trx,
  of: { organisationId: string; personId?: string; deputies?: boolean },
  by: { at: Date; endedBy: string; reason: string },
): Promise<string[]> {
  const rows = await trx
    .updateTable('roleGrant')
    .set({ endedAt: by.at, endedBy: by.endedBy, endReason: by.reason })
    .where('organisationId', '=', of.organisationId)
    .where('role', '=', ADMINISTRATOR)
    .where('endedAt', 'is', null)
    .$if(of.personId !== undefined, (query) => query.where('personId', '=', of.personId ?? ''))
    .$if(of.deputies === true, (query) => query.where('deputyUntil', 'is not', null))
    .returning('personId')
    .execute();
  return rows.map(({ personId }) => personId);
}

export const endApplicant = (
  trx: Trx,
  of: { organisationId: string; personId: string },
  by: { at: Date; endedBy: string; reason: string },
) =>
  trx
    .updateTable('roleGrant')
    .set({ endedAt: by.at, endedBy: by.endedBy, endReason: by.reason })
    .where('organisationId', '=', of.organisationId)
    .where('personId', '=', of.personId)
    .where('role', '=', 'applicant')
    .where('endedAt', 'is', null)
    .execute();

export const insertAdministrator = (
  trx: Trx,
  grant: {
    personId: string;
    authorityId: string;
    organisationId: string;
    grantedBy: string;
    grantedAt: Date;
    deputyUntil: Date | null;
  },
) =>
  trx
    .insertInto('roleGrant')
    .values({ ...grant, role: ADMINISTRATOR })
    .execute();

/** What still has to be seen to, counted by kind: who takes over reads it. */
export type OpenWork = { kind: string; label: string; count: number; numbers: string[] };

const APPLICATIONS: readonly { kind: string; label: string; states: string[] }[] = [
  { kind: 'toCheck', label: '等单位审核、签发的申报', states: ['with_organisation', 'checked_by_organisation'] },
  { kind: 'returned', label: '退回申报人修改的申报', states: ['returned_by_organisation', 'returned_by_department'] },
  {
    kind: 'atDepartment',
    label: '在推荐部门、还没有报送的申报',
    states: ['with_department', 'reviewed_by_department', 'recommended'],
  },
  { kind: 'drafts', label: '申报人在填的申报', states: ['draft'] },
];

export async function openWorkOf(db: Db, organisationId: string): Promise<OpenWork[]> {
  const rows = await db
    .selectFrom('application')
    .select(['state', 'number'])
    .where('organisationId', '=', organisationId)
    .where('state', 'in', APPLICATIONS.flatMap(({ states }) => states) as never)
    .orderBy('number')
    .execute();
  const applications = APPLICATIONS.map(({ kind, label, states }) => {
    const numbers = rows.filter(({ state }) => states.includes(state)).map(({ number }) => number);
    return { kind, label, count: numbers.length, numbers };
  });
  const open = async (table: 'organisationChange' | 'hostedPlatform') =>
    (
      await db
        .selectFrom(table)
        .select(sql<number>`count(*)::integer`.as('count'))
        .where('organisationId', '=', organisationId)
        .where('decision', 'is', null)
        .executeTakeFirstOrThrow()
    ).count;
  return [
    ...applications,
    { kind: 'changes', label: '等部门审核的单位信息变更', count: await open('organisationChange'), numbers: [] },
    { kind: 'platforms', label: '等部门确认的平台', count: await open('hostedPlatform'), numbers: [] },
  ].filter(({ count }) => count > 0);
}

/** Projects that somebody is working on as applicant. */
export const unfinishedApplicationsOf = (db: Db, personId: string) =>
  db
    .selectFrom('application')
    .select('number')
    .where('applicantId', '=', personId)
    .where('state', 'not in', ['delivered', 'admitted', 'not_admitted', 'not_recommended', 'withdrawn'])
    .orderBy('number')
    .execute();
