import type { State } from '@keshen/rules';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Database, Db } from '../platform/db/schema.ts';
import { containing } from '../platform/http/paging.ts';
import type { Reach } from './access.ts';
import { type ApplicationRow, applicationsWithNames } from './store.ts';

export const SORTS = {
  updatedAt: 'application.updatedAt',
  submittedAt: 'application.submittedAt',
  number: 'application.number',
  title: 'application.title',
  organisation: 'organisation.name',
  state: 'application.state',
} as const;
export type SortKey = keyof typeof SORTS;

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

type Tables = Pick<Database, 'application' | 'organisation' | 'round' | 'person'>;

/** What lies within a person's reach and fits the filters: one page and the count of all. */
export async function searchApplications(
  db: Db,
  reaches: readonly Reach[],
  filters: Filters,
): Promise<{ items: ApplicationRow[]; total: number }> {
  if (reaches.length === 0) return { items: [], total: 0 };
  const found = applicationsWithNames(db)
    .where((where) => where.or(reaches.map((reach) => within(where as never, reach))))
    .$if(filters.roundId !== undefined, (query) => query.where('application.roundId', '=', filters.roundId!))
    .$if(filters.state !== undefined, (query) => query.where('application.state', '=', filters.state!))
    .$if(filters.departmentId !== undefined, (query) =>
      query.where('application.departmentId', '=', filters.departmentId!),
    )
    .$if(filters.q !== undefined, (query) => {
      const pattern = containing(filters.q!);
      return query.where((where) =>
        where.or([
          where('application.title', 'ilike', pattern),
          where('application.number', 'ilike', pattern),
          where('organisation.name', 'ilike', pattern),
          where('person.name', 'ilike', pattern),
        ]),
      );
    });
  const { total } = await found
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const items = await found
    .orderBy(SORTS[filters.sort], filters.descending ? 'desc' : 'asc')
    .orderBy('application.id')
    .offset(filters.offset)
    .limit(filters.limit)
    .execute();
  return { items, total };
}

function within(where: ExpressionBuilder<Tables, keyof Tables>, reach: Reach): Expression<SqlBool> {
  const { applicantId, organisationId, departmentId, authorityId, states } = reach;
  return where.and([
    ...(applicantId ? [where('application.applicantId', '=', applicantId)] : []),
    ...(organisationId ? [where('application.organisationId', '=', organisationId)] : []),
    ...(departmentId ? [where('application.departmentId', '=', departmentId)] : []),
    ...(authorityId ? [where('round.authorityId', '=', authorityId)] : []),
    ...(states === 'all' ? [] : [where('application.state', 'in', [...states])]),
  ]);
}
