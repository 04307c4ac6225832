import { windowAt } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { reachesOf } from './access.ts';
import { roundsOf } from './rounds-of.ts';
import { choicesIn, type Filters, roundsWithin, searchApplications } from './store-listing.ts';
import { type ApplicationSummary, summaryOf } from './summary.ts';

export type Wanted = Omit<Filters, 'roundIds'> & {
  /** Only what has to be reviewed within this many days. */
  dueWithin?: number;
};

/** What a person may see by the table of readers, filtered, sorted and paged. */
export async function listApplications(
  context: Context,
  actor: Actor,
  wanted: Wanted,
  at: Date,
): Promise<{ items: ApplicationSummary[]; total: number }> {
  const filters = await withDue(context, actor, wanted, at);
  const { items, total } = await searchApplications(context.db, reachesOf(actor), filters);
  const roundOf = await roundsOf(
    context,
    context.db,
    items.map(({ roundId }) => roundId),
  );
  return { items: items.map((row) => summaryOf(row, roundOf(row.roundId), actor, at)), total };
}

const DAY_MS = 86_400_000;

/** The rounds in which the time for a review ends within some days, instead of the days. */
export async function withDue<Part extends Omit<Wanted, 'offset' | 'limit'>>(
  context: Context,
  actor: Actor,
  { dueWithin, ...filters }: Part,
  at: Date,
): Promise<Omit<Part, 'dueWithin'> & Pick<Filters, 'roundIds'>> {
  if (dueWithin === undefined) return filters;
  const rounds = await roundsWithin(context.db, reachesOf(actor));
  const roundOf = await roundsOf(context, context.db, rounds);
  const departs = actor.grants.some(({ departmentId }) => departmentId !== undefined);
  const roundIds = rounds.filter((id) => {
    const round = roundOf(id);
    const { state, closes } = windowAt(round.linkedAt(at), departs ? 'recommend' : 'forward', at.getTime(), {
      shiftMs: round.shiftMs,
    });
    return state === 'open' && closes !== undefined && closes - at.getTime() <= dueWithin * DAY_MS;
  });
  return { ...filters, roundIds };
}

export type Choices = {
  topics: { roundId: string; topic: string; title: string }[];
  organisations: { id: string; name: string }[];
  reviewers: { id: string; name: string }[];
};

/** What the filters of a list offer. */
export async function readChoices(context: Context, actor: Actor, filters: Pick<Filters, 'roundId'>): Promise<Choices> {
  const { topics, ...choices } = await choicesIn(context.db, reachesOf(actor), filters);
  const roundOf = await roundsOf(
    context,
    context.db,
    topics.map(({ roundId }) => roundId),
  );
  return {
    ...choices,
    topics: topics.map(({ roundId, topic }) => ({
      roundId,
      topic,
      title: roundOf(roundId).compiled.topics.find(({ code }) => code === topic)?.title ?? topic,
    })),
  };
}
