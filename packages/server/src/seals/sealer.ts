import type { Context } from '../platform/context.ts';
import { sealNext } from './carry-out.ts';

/** Carries out what was ordered: `soon` right away, and again at intervals for what was interrupted or has to wait. One run at a time. */
export type Sealer = { soon(): void; stop(): Promise<void> };

const SWEEP_MS = 10_000;

export function startSealer(context: Context, complain: (error: unknown) => void): Sealer {
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  const run = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false;
      while (!stopped && (await sealNext(context, complain)));
    }
  };
  const soon = (): void => {
    wanted = true;
    if (stopped) return;
    running ??= run()
      .catch(complain)
      .finally(() => (running = undefined));
  };
  const sweeping = setInterval(soon, SWEEP_MS).unref();
  return {
    soon,
    stop: async () => {
      stopped = true;
      clearInterval(sweeping);
      await running;
    },
  };
}
