import type { Page } from '@playwright/test';
import { quantile } from '../measure.ts';

/**
 * Milliseconds from a key event to the paint that shows it, the wait for the screen's frame included; and what the page's
 * main thread spends on a key on average, of processor time: drawing, judging and saving included, whatever else runs.
 */
export type KeySummary = { keys: number; median: number; p90: number; busy: number };

/**
 * In the page: notes each key, from the event's own time to the first task after the frame that shows it. The Event Timing
 * entries of the browser would do, but they are rounded to 8 ms and left out below 16.
 */
export const watchKeys = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { keyTimes: times });
    const afterPaint = (task: () => void): void => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', task, { once: true });
        port1.start();
        port2.postMessage(undefined);
      });
    };
    globalThis.document.addEventListener(
      'keydown',
      ({ timeStamp }) => afterPaint(() => void times.push(performance.now() - timeStamp)),
      { capture: true },
    );
  });

/** Pauses between keys as a fast typist makes them; some are so long that the engine judges just before the next key. */
const PACE_MS = [80, 110, 150, 155, 95, 200, 90];

/** Types some keys over and over; the first time is to warm up. */
export async function typeKeys(page: Page, keys: readonly string[], rounds: number): Promise<KeySummary> {
  const thread = await page.context().newCDPSession(page);
  await thread.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async (): Promise<number> => {
    const { metrics } = await thread.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
  };
  const typeAll = async (round: number): Promise<void> => {
    for (const [at, key] of keys.entries()) {
      await page.keyboard.press(key);
      await page.waitForTimeout(PACE_MS[(round + at) % PACE_MS.length] ?? 0);
    }
  };
  await typeAll(0);
  await page.evaluate(() => void Reflect.get(globalThis, 'keyTimes').splice(0));
  const before = await busySeconds();
  for (let round = 1; round <= rounds; round += 1) await typeAll(round);
  const busy = (1000 * ((await busySeconds()) - before)) / (rounds * keys.length);
  const times: number[] = await page.evaluate(() => Reflect.get(globalThis, 'keyTimes'));
  await thread.detach();
  return { keys: times.length, median: quantile(times, 0.5), p90: quantile(times, 0.9), busy };
}
