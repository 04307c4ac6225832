import { listRounds, loadRound, type LoadedRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { isTimely, type Mark, marksOf } from './marks.ts';
import { openingTellings, reminderTellings, sealTellings } from './reminder-tellings.ts';
import { passedMarks, passMark } from './store-reminders.ts';
import { tell } from './tell.ts';

/**
 * Reminds of what is near and tells what has opened. A mark is passed once for all servers and for ever, in the transaction that writes its
 * notices; after an outage only the latest of several is told.
 */
export async function passMarks(context: Context, now: Date): Promise<void> {
  for (const { id, closedAt } of await listRounds(context.db)) {
    const round = closedAt ? undefined : await loadRound(context, id);
    if (round) await passMarksOf(context, round, now);
  }
}

async function passMarksOf(context: Context, round: LoadedRound, now: Date): Promise<void> {
  const { id } = round.round;
  const passed = await passedMarks(context.db, id);
  const due = marksOf(round, now).filter(({ at, key }) => at <= now && !passed.has(key));
  for (const mark of due) {
    const later = due.some((other) => other !== mark && isSameEnd(mark, other) && other.at > mark.at);
    await context.db.transaction().execute(async (trx) => {
      const first = await passMark(trx, id, mark.key, now);
      if (!first || later || !isTimely(mark, now)) return;
      await tell(trx, context, await tellingsOf(trx, round, mark, now), now);
    });
  }
}

const isSameEnd = (one: Mark, other: Mark): boolean =>
  one.of === 'end' &&
  other.of === 'end' &&
  one.action === other.action &&
  one.closes.getTime() === other.closes.getTime();

function tellingsOf(trx: Parameters<typeof passMark>[0], round: LoadedRound, mark: Mark, now: Date) {
  switch (mark.of) {
    case 'end':
      return reminderTellings(trx, round, mark, now);
    case 'seal':
      return sealTellings(trx, round, mark, now);
    case 'opening':
      return openingTellings(trx, round, mark);
  }
}
