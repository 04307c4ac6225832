import { listRounds, type LoadedRound, loadRound } from '../../calls/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Db } from '../../platform/db/schema.ts';

/** The rounds of an authority, those in earnest first, the newest first. */
export async function roundsOfAuthority(
  { reference }: Pick<Context, 'reference'>,
  db: Db,
  authorityId: string,
): Promise<LoadedRound[]> {
  const rows = (await listRounds(db, [authorityId])).toSorted(
    (a, b) => a.mode.localeCompare(b.mode) || b.openedAt.getTime() - a.openedAt.getTime(),
  );
  const rounds: LoadedRound[] = [];
  for (const { id } of rows) {
    const round = await loadRound({ db, reference }, id);
    if (round) rounds.push(round);
  }
  return rounds;
}

/** The round by whose table registrations and changes are routed; undefined where no call of the authority has one. */
export const routingRound = (rounds: readonly LoadedRound[]): LoadedRound | undefined =>
  rounds.find(({ compiled }) => compiled.routing !== undefined);
