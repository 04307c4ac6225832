import { STATES, type State } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Db } from '../platform/db/schema.ts';
import { countApplications } from './store.ts';

export type Overview = {
  /** Every state in the order of the way through the house, with how many are in it. */
  states: { state: State; label: string; count: number }[];
  departments: {
    departmentId: string;
    departmentName: string;
    counts: Partial<Record<State, number>>;
    total: number;
  }[];
};

/** Where the applications of a round stand, as numbers: the science department sees contents only once they are delivered. */
export async function readOverview(db: Db, { round, compiled }: LoadedRound): Promise<Overview> {
  const counts = await countApplications(db, round.id);
  const departments = new Map<string, Overview['departments'][number]>();
  for (const { state, departmentId, departmentName, count } of counts) {
    const department = departments.get(departmentId) ?? { departmentId, departmentName, counts: {}, total: 0 };
    department.counts[state] = count;
    department.total += count;
    departments.set(departmentId, department);
  }
  const states = (Object.keys(STATES) as State[]).map((state) => ({
    state,
    label: STATES[state].label.replace('{recommendingDepartment}', compiled.words.recommendingDepartment),
    count: counts.filter((row) => row.state === state).reduce((sum, row) => sum + row.count, 0),
  }));
  return { states, departments: [...departments.values()] };
}
