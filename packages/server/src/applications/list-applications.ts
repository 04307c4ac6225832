import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { reachesOf } from './access.ts';
import { roundsOf } from './rounds-of.ts';
import { type Filters, searchApplications } from './store-listing.ts';
import { type ApplicationSummary, summaryOf } from './summary.ts';

/** What a person may see by the table of readers, filtered, sorted and paged. */
export async function listApplications(
  context: Context,
  actor: Actor,
  filters: Filters,
  at: Date,
): Promise<{ items: ApplicationSummary[]; total: number }> {
  const { items, total } = await searchApplications(context.db, reachesOf(actor), filters);
  const roundOf = await roundsOf(
    context,
    context.db,
    items.map(({ roundId }) => roundId),
  );
  return { items: items.map((row) => summaryOf(row, roundOf(row.roundId), actor, at)), total };
}
