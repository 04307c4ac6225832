import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';

/** The rounds of these ids, each loaded once. */
export async function roundsOf(
  { reference }: Pick<Context, 'reference'>,
  db: Db,
  ids: readonly string[],
): Promise<Map<string, LoadedRound>> {
  const rounds = new Map<string, LoadedRound>();
  for (const id of new Set(ids)) {
    const round = await loadRound({ db, reference }, id);
    if (round) rounds.set(id, round);
  }
  return rounds;
}
