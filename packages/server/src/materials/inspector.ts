import type { Context } from '../platform/context.ts';
import { inspectPending } from './inspect-later.ts';

/** Looks into what was stored unseen: `soon` right away, and again while antivirus does not answer. One run at a time. */
export type Inspector = { soon(): void; stop(): Promise<void> };

const AGAIN_MS = 20_000;

export function startInspector(context: Context, complain: (error: unknown) => void): Inspector {
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    let left = 0;
    while (wanted && !stopped) {
      wanted = false;
      left = await inspectPending(context, context.clock.now());
    }
    if (left > 0 && !stopped) later();
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(soon, AGAIN_MS).unref();
  };
  const soon = (): void => {
    wanted = true;
    if (stopped) return;
    running ??= run()
      .catch((error: unknown) => {
        complain(error);
        later();
      })
      .finally(() => (running = undefined));
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
