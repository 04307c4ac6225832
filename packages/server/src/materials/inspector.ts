import type { Context } from '../platform/context.ts';
import { throughout } from '../platform/db/reach.ts';
import { inspectPending } from './inspect-later.ts';

/**
 * Looks into what was stored unseen: `soon` once no more has come for a moment, and again while antivirus does not answer. One run at a
 * time.
 */
export type Inspector = { soon(): void; stop(): Promise<void> };

const AGAIN_MS = 20_000;
/** Whoever is still sending comes first, for a while. */
const CALM_MS = 250;
const LONGEST_WAIT_MS = 3000;

export function startInspector(context: Context, complain: (error: unknown) => void): Inspector {
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let askedAt: number | undefined;

  const run = async (): Promise<void> => {
    let left = 0;
    while (wanted && !stopped) {
      wanted = false;
      left = await inspectPending(context, context.clock.now());
    }
    if (left > 0 && !stopped) later();
  };
  const later = (): void => runIn(AGAIN_MS);
  const runIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(runNow, ms).unref();
  };
  const runNow = (): void => {
    wanted = true;
    askedAt = undefined;
    if (stopped) return;
    // Of whatever authority: not only that of the request which asks for it.
    running ??= throughout(run)
      .catch((error: unknown) => {
        complain(error);
        later();
      })
      .finally(() => (running = undefined));
  };
  const soon = (): void => {
    askedAt ??= performance.now();
    runIn(Math.min(CALM_MS, Math.max(0, askedAt + LONGEST_WAIT_MS - performance.now())));
  };
  return {
    soon,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
