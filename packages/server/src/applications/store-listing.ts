import type { State } from '@keshen/rules';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Database, Db, FindingKind } from '../platform/db/schema.ts';
import { containing } from '../platform/http/paging.ts';
import type { Reach } from './access.ts';
import { type ApplicationRow, applicationsWithNames } from './store.ts';

const COLUMNS = {
  updatedAt: 'application.updatedAt',
  submittedAt: 'application.submittedAt',
  number: 'application.number',
  title: 'application.title',
  organisation: 'organisation.name',
  state: 'application.state',
} as const satisfies Record<SortKey, string>;
export const SORTS = ['updatedAt', 'submittedAt', 'number', 'title', 'organisation', 'state'] as const;
export type SortKey = (typeof SORTS)[number];

export type Filters = {
  roundId?: string;
  state?: State;
  departmentId?: string;
  topic?: string;
  organisationId?: string;
  /** `clear`: nothing besides what is met. */
  finding?: FindingKind | 'clear';
  /** A person; `none`: nobody has been asked. */
  reviewer?: string;
  /** Only rounds of these ids: those whose time runs out. */
  roundIds?: readonly string[];
  q?: string;
  sort: SortKey;
  descending: boolean;
  offset: number;
  limit: number;
};

type Tables = 'application' | 'round' | 'organisation' | 'person';

/** What lies within a person's reach and fits the filters: one page and the count of all. */
export async function searchApplications(
  db: Db,
  reaches: readonly Reach[],
  filters: Filters,
): Promise<{ items: ApplicationRow[]; total: number }> {
  if (reaches.length === 0) return { items: [], total: 0 };
  const found = narrowed(db, reaches, filters);
  const counted = found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  // What stands beside an application is fetched for one page of them, not sorted along with all.
  const paged = found
    .select('application.id')
    .orderBy(COLUMNS[filters.sort], filters.descending ? 'desc' : 'asc')
    .orderBy('application.id')
    .offset(filters.offset)
    .limit(filters.limit)
    .execute();
  const [{ total }, page] = await Promise.all([counted, paged]);
  const ids = page.map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await applicationsWithNames(db).where('application.id', 'in', ids).execute();
  const place = new Map(ids.map((id, index) => [id, index]));
  const items = rows.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return { items, total };
}

type Narrowing = Omit<Filters, 'sort' | 'descending' | 'offset' | 'limit'>;

function narrowed(db: Db, reaches: readonly Reach[], filters: Narrowing) {
  const { roundId, state, departmentId, topic, organisationId, finding, reviewer, roundIds, q } = filters;
  // Joined to the left: PostgreSQL then leaves out every table that a question does not touch.
  let found = db
    .selectFrom('application')
    .leftJoin('round', 'round.id', 'application.roundId')
    .leftJoin('organisation', 'organisation.id', 'application.organisationId')
    .leftJoin('person', 'person.id', 'application.applicantId')
    .where((where) => where.or(reaches.map((reach) => within(where, reach))));
  if (roundId) found = found.where('application.roundId', '=', roundId);
  if (state) found = found.where('application.state', '=', state);
  if (departmentId) found = found.where('application.departmentId', '=', departmentId);
  if (q) {
    const pattern = containing(q);
    // The same for a word without capitals, such as a Chinese one, at a third of the cost.
    const like = q.toLowerCase() === q.toUpperCase() ? 'like' : 'ilike';
    found = found.where((where) =>
      where.or([
        where('application.title', like, pattern),
        where('application.number', like, pattern),
        where('organisation.name', like, pattern),
        where('person.name', like, pattern),
      ]),
    );
  }
  if (topic) found = found.where('application.topic', '=', topic);
  if (organisationId) found = found.where('application.organisationId', '=', organisationId);
  if (finding === 'clear') found = found.where(sql<boolean>`application.finding_kinds = '{}'`);
  else if (finding) found = found.where(sql<boolean>`${finding} = any (application.finding_kinds)`);
  if (roundIds) found = found.where('application.roundId', 'in', roundIds.length > 0 ? roundIds : [NO_ROUND]);
  if (reviewer) {
    const asked = (where: ExpressionBuilder<Database, Tables>) =>
      where
        .selectFrom('reviewerAssignment')
        .select('reviewerAssignment.personId')
        .whereRef('reviewerAssignment.applicationId', '=', 'application.id');
    found =
      reviewer === 'none'
        ? found.where((where) => where.not(where.exists(asked(where))))
        : found.where((where) => where.exists(asked(where).where('reviewerAssignment.personId', '=', reviewer)));
  }
  return found;
}

/** No round has it. */
const NO_ROUND = '00000000-0000-0000-0000-000000000000';

/** The rounds in which a person may list anything. */
export async function roundsWithin(db: Db, reaches: readonly Reach[]): Promise<string[]> {
  if (reaches.length === 0) return [];
  const rounds = await narrowed(db, reaches, {}).select('application.roundId').distinct().execute();
  return rounds.map(({ roundId }) => roundId);
}

/** What there is to choose from in the filters: topics, organisations and assigned reviewers within reach. */
export async function choicesIn(
  db: Db,
  reaches: readonly Reach[],
  filters: Pick<Filters, 'roundId'>,
): Promise<{
  topics: { roundId: string; topic: string }[];
  organisations: { id: string; name: string }[];
  reviewers: { id: string; name: string }[];
}> {
  if (reaches.length === 0) return { topics: [], organisations: [], reviewers: [] };
  const found = narrowed(db, reaches, filters);
  const topics = await found
    .select(['application.roundId', 'application.topic'])
    .distinct()
    .where('application.topic', 'is not', null)
    .$narrowType<{ topic: string }>()
    .orderBy('application.topic')
    .execute();
  const organisations = await db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', 'in', found.select('application.organisationId'))
    .orderBy('name')
    .execute();
  const reviewers = await db
    .selectFrom('reviewerAssignment')
    .innerJoin('person as reviewer', 'reviewer.id', 'reviewerAssignment.personId')
    .select(['reviewer.id', 'reviewer.name'])
    .distinct()
    .where('applicationId', 'in', found.select('application.id'))
    .orderBy('reviewer.name')
    .execute();
  return { topics, organisations, reviewers };
}

function within(where: ExpressionBuilder<Database, Tables>, reach: Reach): Expression<SqlBool> {
  const { applicantId, coEditorId, organisationId, departmentId, authorityId, states } = reach;
  return where.and([
    ...(applicantId ? [where('application.applicantId', '=', applicantId)] : []),
    ...(coEditorId
      ? [
          where.exists(
            where
              .selectFrom('coEditor')
              .select('coEditor.id')
              .whereRef('coEditor.applicationId', '=', 'application.id')
              .where('coEditor.personId', '=', coEditorId)
              .where('coEditor.endedAt', 'is', null),
          ),
        ]
      : []),
    ...(organisationId ? [where('application.organisationId', '=', organisationId)] : []),
    ...(departmentId ? [where('application.departmentId', '=', departmentId)] : []),
    ...(authorityId ? [where('round.authorityId', '=', authorityId)] : []),
    ...(states === 'all' ? [] : [where('application.state', 'in', [...states])]),
  ]);
}
