import type { Page } from '@playwright/test';
import { quantile } from '../measure.ts';

/** Milliseconds of one key. */
export type KeyTime = {
  /** From the key event to the paint that shows it, the wait for the screen's next frame (16.7 ms) included. */
  toPaint: number;
  /** Of that, what the page was busy: handling the key, laying out and painting. */
  busy: number;
};

export type KeySummary = { keys: number; busy: Spread; toPaint: Spread };
export type Spread = { median: number; p90: number };

/** In the page: notes each key from the event's own time to the first task after the frame that shows it. */
export const watchKeys = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: { toPaint: number; busy: number }[] = [];
    Object.assign(globalThis, { keyTimes: times });
    const soon = (task: () => void): void => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', task, { once: true });
      port1.start();
      port2.postMessage(undefined);
    };
    globalThis.document.addEventListener(
      'keydown',
      ({ timeStamp }) => {
        let handled = timeStamp;
        soon(() => {
          handled = performance.now();
        });
        requestAnimationFrame(() => {
          const frame = performance.now();
          soon(() => {
            const painted = performance.now();
            times.push({ toPaint: painted - timeStamp, busy: Math.min(handled, frame) - timeStamp + painted - frame });
          });
        });
      },
      { capture: true },
    );
  });

/** Types at an even pace: letters and figures, and now and then one taken back. */
export async function typeKeys(page: Page, keys: readonly string[], paceMs: number): Promise<KeyTime[]> {
  await page.evaluate(() => Object.assign(globalThis, { keyTimesBefore: Reflect.get(globalThis, 'keyTimes').length }));
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(paceMs);
  }
  return page.evaluate(() => Reflect.get(globalThis, 'keyTimes').slice(Reflect.get(globalThis, 'keyTimesBefore')));
}

export function summaryOf(times: readonly KeyTime[]): KeySummary {
  const spread = (of: (time: KeyTime) => number): Spread => {
    const values = times.map(of);
    return { median: quantile(values, 0.5), p90: quantile(values, 0.9) };
  };
  return { keys: times.length, busy: spread(({ busy }) => busy), toPaint: spread(({ toPaint }) => toPaint) };
}
