import { parseDate, type Quota, type Subject } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Db, Trx } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import type { Reference } from '../platform/reference/load-reference.ts';
import { askedBonus } from './bonus.ts';
import { type Candidate, type Claim, claimOf, covers, nameOfHolder, type Test } from './claims.ts';
import * as store from './store.ts';

export type PlacesAsked = {
  applicationId: string;
  round: LoadedRound;
  reference: Reference;
  /** Which quotas are counted: those at the recommendation or those at the submit. */
  moment: 'recommend' | 'submit';
  subject: Subject;
  at: Date;
  /** The platform whose bonus place is asked for instead of one of the quota's own. */
  platformId?: string;
};

/** How conditions of quotas are tested on a subject. */
export function testOn(round: LoadedRound, at: Date, subject: Subject): Test {
  const { application, materials, facts } = subject;
  const context = {
    application,
    materials,
    facts,
    today: parseDate(subject.at.date),
    instant: subject.at.instant,
    rows: [],
  };
  const { closures } = round.linkedAt(at);
  return (condition) => {
    const answer = closures.test(condition)(context);
    return answer === true || answer === false ? answer : undefined;
  };
}

export const citedIn = (round: LoadedRound, id: string | undefined): { id: string; at: string } => ({
  id: id ?? '',
  at: round.compiled.clauses.find((clause) => clause.id === id)?.at ?? '',
});

/** The counters that the project stands against at this step, in an order that all follow, or why its bonus place cannot be had. */
async function claimsOf(db: Db, asked: PlacesAsked, candidate: Candidate): Promise<Result<Claim[]>> {
  const { round, at, moment, platformId } = asked;
  const test = testOn(round, at, asked.subject);
  const quotas: Quota[] = round
    .linkedAt(at)
    .quotas.filter((quota) => quota.countsAt === moment && covers(quota, candidate.topic, test));
  let bonus: Claim | undefined;
  if (platformId !== undefined) {
    const { authorityId } = round.round;
    const found = askedBonus({
      platformId,
      candidate,
      quotas,
      facts: await store.hostFacts(db, authorityId, candidate.organisation.uscc),
      anybodys: await store.findPlatform(db, authorityId, platformId),
      clauseOf: (id) => citedIn(round, id),
    });
    if ('ok' in found) return found;
    bonus = found;
  }
  const claims = quotas.flatMap((quota) => {
    if (bonus && bonus.quota.key === quota.key) return [bonus];
    return claimOf(quota, candidate, test) ?? [];
  });
  return ok(claims.toSorted((a, b) => (`${a.counter} ${a.holder}` < `${b.counter} ${b.holder}` ? -1 : 1)));
}

/**
 * Whether a place is left in each quota that counts at this step and covers the project. The counters are locked by then, so the
 * last place goes to one, whoever presses at the same moment; a place that the project holds already is not counted twice.
 */
export async function checkPlaces(trx: Trx, asked: PlacesAsked): Promise<Refused | undefined> {
  const candidate = await store.candidateOf(trx, asked.applicationId);
  const claims = await claimsOf(trx, asked, candidate);
  if (!claims.ok) return claims;
  const held = await store.heldBy(trx, asked.applicationId);
  for (const claim of claims.value) {
    if (isHeld(held, claim)) continue;
    const { granted, adjusted, taken } = await store.lockCounter(trx, candidate.roundId, claim);
    if (taken < granted + adjusted) continue;
    return usedUp(asked, claim, candidate, { places: granted + adjusted, taken });
  }
  return undefined;
}

const isHeld = (held: readonly store.Held[], { counter, holder }: Claim): boolean =>
  held.some((place) => place.quota === counter && place.holder === holder);

function usedUp(
  { round, reference, moment, at }: PlacesAsked,
  { quota, holder, bonus }: Claim,
  candidate: Candidate,
  { places, taken }: { places: number; taken: number },
): Refused {
  const clause = citedIn(round, (bonus?.of ?? quota).clauses[0]);
  if (bonus) {
    return refused(409, {
      code: 'bonus_used_up',
      message: `“${bonus.platformName}”的单独名额共${places}项，已用${taken}项，没有剩余。`,
      remedy: '请改用其他平台的单独名额，或者不选平台，占用一般名额。',
      clause,
    });
  }
  const done = moment === 'recommend' ? '已推荐' : '已提交';
  const whose = nameOfHolder(holder, candidate, { ...reference, topics: round.compiled.topics });
  return refused(409, {
    code: 'quota_used_up',
    message: `“${quota.title}”（${whose}）共${places}项，${done}${taken}项，没有剩余。`,
    remedy: moment === 'recommend' ? howToRecommend(round, at) : '请先撤回一项，再提交本项。',
    clause,
  });
}

/** Where the call lets nobody take a recommendation back, the way is another one. */
const howToRecommend = (round: LoadedRound, at: Date): string =>
  round.linkedAt(at).windows.some(({ actions }) => actions.includes('withdrawRecommendation'))
    ? '请先撤销一项推荐，再推荐本项。'
    : `本次通知没有撤销推荐这一步；确需调整名额的，请向${round.compiled.words.scienceDepartment ?? '科技厅'}提出。`;

/** What a project took or gave back, for the log. */
export type PlaceTrace = { quota: string; holder: string; platform?: string };
const traceOf = ({ quota, holder, platformName }: store.Held): PlaceTrace => ({
  quota,
  holder,
  ...(platformName !== null && { platform: platformName }),
});

/** Takes the places that were checked; what the project held for this step elsewhere (another topic, another platform) goes back. */
export async function takePlaces(trx: Trx, asked: PlacesAsked): Promise<PlaceTrace[]> {
  const { applicationId, at } = asked;
  const candidate = await store.candidateOf(trx, applicationId);
  const claims = await claimsOf(trx, asked, candidate);
  if (!claims.ok) throw new Error(`places were not checked: ${claims.refusal.message}`);
  const held = await store.heldBy(trx, applicationId);
  for (const place of held) {
    const kept = claims.value.some(({ counter, holder }) => counter === place.quota && holder === place.holder);
    if (!kept && place.countsAt === asked.moment) await store.deletePlaces(trx, applicationId, { quota: place.quota });
  }
  for (const claim of claims.value) {
    if (isHeld(held, claim)) continue;
    await store.insertPlace(trx, { applicationId, roundId: candidate.roundId, takenAt: at }, claim);
  }
  return (await store.heldBy(trx, applicationId)).filter(({ countsAt }) => countsAt === asked.moment).map(traceOf);
}

/** Gives places back: those of the recommendation, or all that the project holds. */
export const freePlaces = async (trx: Trx, applicationId: string, of: { countsAt?: 'recommend' } = {}) =>
  (await store.deletePlaces(trx, applicationId, of)).map(traceOf);
