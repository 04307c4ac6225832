import type { LoadedRound } from '../calls/index.ts';
import type { Db } from '../platform/db/schema.ts';
import type { Reference } from '../platform/reference/load-reference.ts';
import { platformKind, whyNoBonus } from './bonus.ts';
import { type Holder, holderOf, nameOfHolder, placesOf } from './claims.ts';
import { citedIn } from './places.ts';
import * as store from './store.ts';

/** The places of one holder in one quota, and how many are left. */
export type PlacesLeft = {
  quota: string;
  title: string;
  clause: { id: string; at: string };
  /** Counted when a project is recommended, or when it is submitted. */
  countsAt: 'recommend' | 'submit';
  holder: string;
  /** 南京市科学技术局；南京市合用；某大学 */
  holderName: string;
  granted: number;
  adjusted: number;
  taken: number;
  left: number;
  note?: string;
};

/** A platform that may give a bonus place, and why not where it gives none. */
export type BonusPlatform = {
  platformId: string;
  name: string;
  kind: string;
  organisationName: string;
  title: string;
  clause: { id: string; at: string };
  places: number;
  taken: number;
  /** Absent: it may be used. */
  why?: string;
};

type Reading = { db: Db; round: LoadedRound; reference: Reference; at: Date };

/** Every counter of these holders, those that nobody has taken from yet included. */
export async function placesOfHolders(reading: Reading, holders: readonly Holder[]): Promise<PlacesLeft[]> {
  const { db, round, reference, at } = reading;
  const { compiled } = round;
  const counters = new Map((await store.countersOf(db, round.round.id)).map((one) => [key(one), one]));
  const found = new Map<string, PlacesLeft>();
  for (const quota of round.linkedAt(at).quotas) {
    const topics = quota.per === 'topic' && !quota.topics ? compiled.topics.map(({ code }) => code) : [null];
    for (const one of holders) {
      const places = placesOf(quota, one);
      for (const topic of places ? topics : []) {
        const holder = places && holderOf(quota, places, one, topic);
        if (!places || holder === undefined || found.has(key({ quota: quota.key, holder }))) continue;
        const counter = counters.get(key({ quota: quota.key, holder }));
        const { adjusted = 0, taken = 0 } = counter ?? {};
        found.set(key({ quota: quota.key, holder }), {
          quota: quota.key,
          title: quota.title,
          clause: citedIn(round, quota.clauses[0]),
          countsAt: quota.countsAt,
          holder,
          holderName: nameOfHolder(holder, one, { ...reference, topics: compiled.topics }),
          granted: places.places,
          adjusted,
          taken,
          left: Math.max(0, places.places + adjusted - taken),
          ...(places.note !== undefined && { note: places.note }),
        });
      }
    }
  }
  return [...found.values()];
}

const key = ({ quota, holder }: { quota: string; holder: string }): string => `${quota} ${holder}`;

/** The platforms of an organisation with the bonus places they give, or why they give none. */
export async function bonusPlatformsOf(
  { db, round, at }: Reading,
  { organisation }: Required<Holder>,
  { topic }: { topic?: string | null } = {},
): Promise<BonusPlatform[]> {
  const quotas = round
    .linkedAt(at)
    .quotas.filter(({ topics, bonus }) => bonus.length > 0 && (!topics || topic == null || topics.includes(topic)));
  if (quotas.length === 0) return [];
  const facts = await store.hostFacts(db, round.round.authorityId, organisation.uscc);
  const counters = await store.countersOf(db, round.round.id);
  const found: BonusPlatform[] = [];
  for (const platform of facts.platforms ?? []) {
    for (const quota of quotas) {
      const bonus = quota.bonus.find(({ platformKinds }) => platformKinds.includes(platform.kind));
      if (!bonus) continue;
      const holder = bonus.per === 'platform' ? `platform:${platform.id}` : `organisation:${organisation.id}`;
      const counter = counters.find((one) => one.quota === `${quota.key}/${bonus.key}` && one.holder === holder);
      const taken = counter?.taken ?? 0;
      const why =
        whyNoBonus(bonus, platform, facts) ?? (taken < bonus.places ? undefined : '单独名额已经用完，没有剩余');
      found.push({
        platformId: platform.id,
        name: platform.name,
        kind: platformKind(platform.kind),
        organisationName: organisation.name,
        title: bonus.title,
        clause: citedIn(round, bonus.clauses[0]),
        places: bonus.places,
        taken,
        ...(why !== undefined && { why }),
      });
    }
  }
  return found;
}

/** What is left for a department, for the pool it shares, and for the organisations that have a project under it. */
export async function placesOfDepartment(reading: Reading, departmentId: string): Promise<PlacesLeft[]> {
  const { db, round } = reading;
  const { id: roundId, authorityId } = round.round;
  const own = await store.departmentsAsHolders(db, { authorityId, departmentId });
  return placesOfHolders(reading, [...own, ...(await store.holdersIn(db, roundId, { departmentId }))]);
}

export const bonusOfDepartment = async (reading: Reading, departmentId: string): Promise<BonusPlatform[]> => {
  const holders = await store.holdersIn(reading.db, reading.round.round.id, { departmentId });
  const found = [];
  for (const holder of holders) found.push(...(await bonusPlatformsOf(reading, holder)));
  return found;
};

/** What is left for an organisation, in its own quotas and in those of the department it goes through. */
export async function placesOfOrganisation(
  reading: Reading,
  organisationId: string,
): Promise<{ places: PlacesLeft[]; bonus: BonusPlatform[] }> {
  const holder = await store.organisationAsHolder(reading.db, organisationId);
  if (!holder) return { places: [], bonus: [] };
  return { places: await placesOfHolders(reading, [holder]), bonus: await bonusPlatformsOf(reading, holder) };
}

export type Adjustment = {
  quota: string;
  holder: string;
  change: number;
  reason: string;
  byName: string;
  at: string;
};

/** Every department's and every applying organisation's places, with what was adjusted and why. */
export async function placesOfRound(
  reading: Reading,
): Promise<{ places: PlacesLeft[]; bonus: BonusPlatform[]; adjustments: Adjustment[] }> {
  const { db, round } = reading;
  const { id: roundId, authorityId } = round.round;
  const departments = await store.departmentsAsHolders(db, { authorityId });
  const places = await placesOfHolders(reading, [...departments, ...(await store.holdersIn(db, roundId, {}))]);
  const adjustments = (await store.adjustmentsOf(db, roundId)).map(({ adjustedAt, ...one }) => ({
    ...one,
    at: adjustedAt.toISOString(),
  }));
  return { places, bonus: [], adjustments };
}
