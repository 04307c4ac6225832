import type { LoadedRound } from '../calls/index.ts';
import type { Refused } from '../platform/http/result.ts';
import { mechanismClause } from './mechanism-clause.ts';

const BACK: readonly string[] = ['returnByDepartment', 'withdrawRecommendation'];

/** A refusal to go back, with the clause of a call that knows no way back once a department has confirmed. */
export function noWayBack({ refusal, ...refused }: Refused, round: LoadedRound, action: string): Refused {
  const { clause } = mechanismClause(round, 'no_return_after_confirmation');
  if (!clause || refusal.clause || !BACK.includes(action)) return { ...refused, refusal };
  return {
    ...refused,
    refusal: {
      ...refusal,
      message: `${refusal.message}按通知${clause.at}，推荐部门网上确认后一律不退回。`,
      clause,
    },
  };
}
