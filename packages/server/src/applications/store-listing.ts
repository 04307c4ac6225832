import type { State } from '@keshen/rules';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database, Db } from '../platform/db/schema.ts';
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
  q?: string;
  sort: SortKey;
  descending: boolean;
  offset: number;
  limit: number;
};

/** The tables behind `applicationsWithNames`. */
type Tables = 'application' | 'round' | 'authority' | 'organisation' | 'department' | 'person';

/** What lies within a person's reach and fits the filters: one page and the count of all. */
export async function searchApplications(
  db: Db,
  reaches: readonly Reach[],
  filters: Filters,
): Promise<{ items: ApplicationRow[]; total: number }> {
  if (reaches.length === 0) return { items: [], total: 0 };
  const { roundId, state, departmentId, q } = filters;
  let found = applicationsWithNames(db).where((where) => where.or(reaches.map((reach) => within(where, reach))));
  if (roundId) found = found.where('application.roundId', '=', roundId);
  if (state) found = found.where('application.state', '=', state);
  if (departmentId) found = found.where('application.departmentId', '=', departmentId);
  if (q) {
    const pattern = containing(q);
    found = found.where((where) =>
      where.or([
        where('application.title', 'ilike', pattern),
        where('application.number', 'ilike', pattern),
        where('organisation.name', 'ilike', pattern),
        where('person.name', 'ilike', pattern),
      ]),
    );
  }
  const { total } = await found
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await found
    .orderBy(COLUMNS[filters.sort], filters.descending ? 'desc' : 'asc')
    .orderBy('application.id')
    .offset(filters.offset)
    .limit(filters.limit)
    .execute();
  return { items, total };
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
