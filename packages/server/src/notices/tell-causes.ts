import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { rulesFor } from './note-cause.ts';
import { quotaTellings } from './quota-tellings.ts';
import { addresseesOf } from './recipients.ts';
import { isRehearsal, situationOf } from './situation.ts';
import { type CauseEvent, claimCause, deleteCause, postponeCause } from './store-causes.ts';
import { tell, type Telling } from './tell.ts';
import { wordsFor } from './words.ts';

const MINUTE_MS = 60_000;
const LONGEST_MS = 60 * MINUTE_MS;

/** Tells everything that is noted, one event a transaction. Several servers may do it at once: each event is one server's. */
export async function tellCauses(context: Context, now: Date, until?: AbortSignal): Promise<void> {
  while (!until?.aborted && (await tellNext(context, now)));
}

/** Answers whether there was one. An event that cannot be told is put off, with why, and does not hold up the others. */
async function tellNext({ db, ...context }: Context, now: Date): Promise<boolean> {
  let cause: CauseEvent | undefined;
  try {
    return await db.transaction().execute(async (trx) => {
      cause = await claimCause(trx, now);
      if (!cause) return false;
      await tell(trx, context, await tellingsOf(trx, context, cause, now), now);
      await deleteCause(trx, cause.id);
      return true;
    });
  } catch (error) {
    if (!cause) throw error;
    const later = new Date(now.getTime() + Math.min(MINUTE_MS * 2 ** cause.attempts, LONGEST_MS));
    await postponeCause(db, cause.id, later, error instanceof Error ? error.message : String(error));
    return true;
  }
}

async function tellingsOf(
  trx: Trx,
  context: Pick<Context, 'reference'>,
  event: CauseEvent,
  now: Date,
): Promise<Telling[]> {
  const situation = await situationOf(trx, context, event);
  if (!situation) return [];
  const { place, round } = situation;
  const told = new Map<string, Telling>();
  for (const { kind, to } of rulesFor(event)) {
    for (const { personId, role } of await addresseesOf(trx, situation, to)) {
      if (told.has(personId)) continue;
      const words = wordsFor(situation, role);
      told.set(personId, {
        personId,
        role,
        key: `event:${event.id}`,
        kind,
        words,
        place,
        rehearsal: isRehearsal(round),
      });
    }
  }
  return [...told.values(), ...(await quotaTellings(trx, context, situation, now))];
}
