import { type By, mechanismClause } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { checksHere, noSuchRound } from './announce-draw.ts';
import { drawnRows, spotChecksOf } from './store.ts';

export type SpotCheckView = {
  id: string;
  percent: number;
  secretHash: string;
  publicSource: string;
  announcedByName: string;
  announcedAt: string;
  draw?: {
    publicValue: string;
    secret: string;
    population: number;
    populationHash: string;
    drawnByName: string;
    drawnAt: string;
    applications: { id: string; number: string; title: string; organisationName: string; departmentName: string }[];
  };
};

/** The draws of a round, with the applications in the order in which they were drawn. The secret is told after the draw only. */
export async function readSpotChecks(
  context: Context,
  by: By,
  roundId: string,
): Promise<Result<{ items: SpotCheckView[]; clause?: { id: string; at: string } }>> {
  const round = await loadRound(context, roundId);
  if (!round || !checksHere(by, round)) return noSuchRound();
  const items: SpotCheckView[] = [];
  for (const check of await spotChecksOf(context.db, roundId)) {
    const { id, percent, secretHash, publicSource, announcedByName, announcedAt } = check;
    const { publicValue, secret, population, populationHash, drawn, drawnByName, drawnAt } = check;
    const rows = drawn ? await drawnRows(context.db, roundId, drawn) : [];
    items.push({
      id,
      percent,
      secretHash,
      publicSource,
      announcedByName,
      announcedAt: announcedAt.toISOString(),
      ...(drawn &&
        drawnAt && {
          draw: {
            publicValue: publicValue ?? '',
            secret,
            population: population?.length ?? 0,
            populationHash: populationHash ?? '',
            drawnByName: drawnByName ?? '',
            drawnAt: drawnAt.toISOString(),
            applications: drawn.flatMap((number) => rows.find((row) => row.number === number) ?? []),
          },
        }),
    });
  }
  return ok({ items, ...mechanismClause(round, 'spot_check_sample') });
}
