import type { Expr, Quota, QuotaBonus, QuotaPlaces, Topic } from '@keshen/rules';

/** Who would hold a place: a department, with the organisation whose project it is where that is known. */
export type Holder = {
  departmentId: string;
  departmentName: string;
  departmentKind: string;
  departmentDivision: string | null;
  organisation?: { id: string; name: string; uscc: string; kind: string; division: string };
};

/** A project that asks for a place. */
export type Candidate = Required<Holder> & { applicationId: string; roundId: string; topic: string | null };

/** A counter that a project stands against: its key, who holds the places, how many the call gives. */
export type Claim = {
  counter: string;
  holder: string;
  granted: number;
  quota: Quota;
  /** For a bonus place: on which platform it rests. */
  bonus?: { of: QuotaBonus; platformId: string; platformName: string };
};

export type Test = (condition: Expr) => boolean | undefined;

/**
 * Whether a quota is for this project. A condition that cannot be told counts as met: a place too many is worse than one too few.
 */
export function covers(quota: Quota, topic: string | null, test: Test): boolean {
  if (quota.topics && !quota.topics.includes(topic ?? '')) return false;
  if (quota.when && test(quota.when) === false) return false;
  return !(quota.except ?? []).some(({ when }) => test(when) === true);
}

/** What the call gives to holders of this kind; undefined where it names none, or gives without limit. */
export function placesOf(quota: Quota, holder: Holder): (QuotaPlaces & { places: number }) | undefined {
  const kind = quota.per === 'organisation' ? holder.organisation?.kind : holder.departmentKind;
  const found = quota.places.find(({ kinds }) => kinds.includes(kind ?? '') || kinds.includes('*'));
  return found?.places === undefined ? undefined : { ...found, places: found.places };
}

/**
 * Who counts together: `department:…`, `organisation:…`, `prefecture:320100`, `topic:…` or `call`. Undefined where that cannot be told
 * yet, because the organisation is not known.
 */
export function holderOf(
  quota: Quota,
  { sharedBy }: QuotaPlaces,
  holder: Holder,
  topic: string | null,
): string | undefined {
  const { departmentId, departmentDivision, organisation } = holder;
  switch (quota.per) {
    case 'organisation':
      return organisation && `organisation:${organisation.id}`;
    case 'topic':
      return `topic:${quota.topics?.join('+') ?? topic ?? ''}`;
    case 'call':
      return 'call';
    case 'department':
      if (sharedBy === 'prefectureOfLead') return organisation && prefecture(organisation.division);
      if (sharedBy === 'prefectureOfDepartment' && departmentDivision) return prefecture(departmentDivision);
      return `department:${departmentId}`;
  }
}

/** The prefecture of a division: its first four digits. */
const prefecture = (division: string): string => `prefecture:${division.slice(0, 4)}00`;

/** The counter of a quota itself that a project stands against; undefined where it is not limited by it. */
export function claimOf(quota: Quota, candidate: Candidate, test: Test): Claim | undefined {
  if (!covers(quota, candidate.topic, test)) return undefined;
  const places = placesOf(quota, candidate);
  const holder = places && holderOf(quota, places, candidate, candidate.topic);
  return holder === undefined ? undefined : { counter: quota.key, holder, granted: places?.places ?? 0, quota };
}

/** How holders are called in a sentence. */
export type HolderNames = {
  divisions: readonly { code: string; name: string }[];
  topics: readonly Topic[];
};

export function nameOfHolder(holder: string, known: Holder, { divisions, topics }: HolderNames): string {
  const [kind, key = ''] = holder.split(':');
  if (kind === 'prefecture') return `${divisions.find(({ code }) => code === key)?.name ?? key}合用`;
  if (kind === 'organisation') return known.organisation?.name ?? '';
  if (kind === 'topic') {
    const codes = key.split('+');
    return topics
      .filter(({ code }) => codes.includes(code))
      .map(({ title }) => title)
      .join('、');
  }
  return kind === 'call' ? '全部' : known.departmentName;
}
