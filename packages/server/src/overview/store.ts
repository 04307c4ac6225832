import type { State } from '@keshen/rules';
import type { Db } from '../platform/db/schema.ts';

export type Count = { state: State; departmentId: string; departmentName: string; count: number };

/** How many applications of a round each department has in each state. */
export const countApplications = (db: Db, roundId: string): Promise<Count[]> =>
  db
    .selectFrom('application as a')
    .innerJoin('department as d', 'd.id', 'a.departmentId')
    .select((select) => [
      'a.state',
      'a.departmentId',
      'd.name as departmentName',
      select.fn.countAll<number>().as('count'),
    ])
    .where('a.roundId', '=', roundId)
    .groupBy(['a.state', 'a.departmentId', 'd.name'])
    .orderBy('d.name')
    .execute();
