import { forgetReadings } from '../platform/audit/forget-readings.ts';
import { gatherRoots, stampRoots } from '../platform/audit/gather-roots.ts';
import { timeStampingOf } from '../platform/audit/time-stamping.ts';
import type { Context } from '../platform/context.ts';

/** Gathers and stamps roots. Each server may do so, one at a time works; neither the log nor the house depends on it. */
export async function keepLog(context: Context): Promise<void> {
  const { config, clock, db } = context;
  const { stamper } = timeStampingOf(config, clock);
  await gatherRoots(context, clock.now());
  if (config.logMonths !== undefined) await forgetReadings(db, config.logMonths, clock.now());
  if (stamper) await stampRoots(db, stamper, () => clock.now());
}
