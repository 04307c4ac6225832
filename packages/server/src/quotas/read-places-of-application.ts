import { type By, judge, openApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { claimOf, covers } from './claims.ts';
import { testOn } from './places.ts';
import { type BonusPlatform, bonusPlatformsOf, type PlacesLeft, placesOfHolders } from './read-places.ts';
import { candidateOf, heldBy } from './store.ts';

export type PlacesOfApplication = {
  /** The quotas that the project stands against, with what is left. */
  places: PlacesLeft[];
  /** The platforms of its organisation that may give a bonus place, when a quota of this project has such. */
  bonus: BonusPlatform[];
  /** The platform on which its bonus place rests, once it has one. */
  platformName?: string;
};

/** What is left for one project, for whoever may see it. */
export async function readPlacesOfApplication(
  context: Context,
  by: By,
  id: string,
): Promise<Result<PlacesOfApplication>> {
  const { db, reference } = context;
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { subject } = await judge(db, row, round, by.at);
  const candidate = await candidateOf(db, id);
  const test = testOn(round, by.at, subject);
  const quotas = round.linkedAt(by.at).quotas.filter((quota) => covers(quota, candidate.topic, test));
  const claims = quotas.flatMap((quota) => claimOf(quota, candidate, test) ?? []);
  const reading = { db, round, reference, at: by.at };
  const places = (await placesOfHolders(reading, [candidate])).filter((one) =>
    claims.some(({ counter, holder }) => counter === one.quota && holder === one.holder),
  );
  const hasBonus = quotas.some(({ bonus }) => bonus.length > 0);
  const platformName = (await heldBy(db, id)).find((place) => place.platformName !== null)?.platformName;
  return ok({
    places,
    bonus: hasBonus ? await bonusPlatformsOf(reading, candidate, { topic: candidate.topic }) : [],
    ...(platformName && { platformName }),
  });
}
