import { type LoadedRound, loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';

/** Gives the round of each of these ids; each is loaded once. Throws for a round that does not exist. */
export async function roundsOf(
  { reference }: Pick<Context, 'reference'>,
  db: Db,
  ids: readonly string[],
): Promise<(id: string) => LoadedRound> {
  const rounds = new Map<string, LoadedRound>();
  for (const id of new Set(ids)) {
    const round = await loadRound({ db, reference }, id);
    if (round) rounds.set(id, round);
  }
  return (id) => {
    const round = rounds.get(id);
    if (!round) throw new Error(`no round ${id}`);
    return round;
  };
}
