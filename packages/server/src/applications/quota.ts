import { type Expr, parseDate, type Quota } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Db } from '../platform/db/schema.ts';
import { refused, type Refused } from '../platform/http/result.ts';
import type { Situation } from './situation.ts';
import { placesTaken } from './store-places.ts';

/**
 * Whether a place is left in each quota that counts recommendations and covers this application. The department's round is locked
 * by then, so the last place goes to one. Bonus places are not counted: they need platforms confirmed by the department.
 */
export async function checkQuota(situation: Situation): Promise<Refused | undefined> {
  const { trx, row, round, by } = situation;
  const linked = round.linkedAt(by.at);
  for (const quota of linked.quotas) {
    if (quota.countsAt !== 'recommend' || (quota.topics && !quota.topics.includes(row.topic ?? ''))) continue;
    if (quota.when && !(await covers(situation, quota.when))) continue;
    const places = placesFor(quota, quota.per === 'organisation' ? row.organisationKind : row.departmentKind);
    if (places === undefined) continue;
    const taken = await placesTaken(trx, row.roundId, {
      ...(quota.per === 'department' && { departmentId: row.departmentId }),
      ...(quota.per === 'organisation' && { organisationId: row.organisationId }),
      ...(quota.per === 'topic' && { topics: quota.topics ?? [row.topic ?? ''] }),
      ...(quota.topics && { topics: quota.topics }),
    });
    if (taken < places) continue;
    const clause = round.compiled.clauses.find(({ id }) => id === quota.clauses[0]);
    return refused(409, {
      code: 'quota_used_up',
      message: `“${quota.title}”共${places}项，已推荐${taken}项，没有剩余。`,
      remedy: '请先撤销一项推荐，再推荐本项。',
      ...(clause && { clause: { id: clause.id, at: clause.at } }),
    });
  }
  return undefined;
}

function placesFor(quota: Quota, kind: string): number | undefined {
  return quota.places.find(({ kinds }) => kinds.includes(kind) || kinds.includes('*'))?.places;
}

/** A quota whose condition cannot be told covers the application: a place too many is worse than one too few. */
async function covers({ round, by, judgement }: Situation, when: Expr): Promise<boolean> {
  const { application, materials, facts, at } = (await judgement()).subject;
  const context = { application, materials, facts, today: parseDate(at.date), instant: at.instant, rows: [] };
  return round.linkedAt(by.at).closures.test(when)(context) !== false;
}

/** The places of a department in a round that are limited, and how many of them are taken. */
export async function placesOf(
  db: Db,
  round: LoadedRound,
  of: { roundId: string; departmentId: string; departmentKind: string },
  at: Date,
): Promise<{ title: string; places: number; taken: number }[]> {
  const limited = [];
  for (const quota of round.linkedAt(at).quotas) {
    const places = quota.per === 'department' ? placesFor(quota, of.departmentKind) : undefined;
    if (quota.countsAt !== 'recommend' || places === undefined) continue;
    const counted = { departmentId: of.departmentId, ...(quota.topics && { topics: quota.topics }) };
    limited.push({ title: quota.title, places, taken: await placesTaken(db, of.roundId, counted) });
  }
  return limited;
}
