import type { Mechanism } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';

/** The clause that is bound to a mechanism of the system, when the call has one. */
export function mechanismClause(round: LoadedRound, mechanism: Mechanism): { clause?: { id: string; at: string } } {
  const clause = round.compiled.clauses.find(({ boundBy }) =>
    boundBy.some((bound) => bound.by === 'workflow' && bound.mechanism === mechanism),
  );
  return clause ? { clause: { id: clause.id, at: clause.at } } : {};
}
