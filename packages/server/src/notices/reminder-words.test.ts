import { expect, test } from 'vitest';
import { leftText } from './reminder-tellings.ts';
import { levelOf } from './quota-tellings.ts';

const HOUR_MS = 3600_000;

test.each([
  [7 * 24 * HOUR_MS, '还有7天'],
  [50 * HOUR_MS, '还有2天2小时'],
  [47 * HOUR_MS + 1, '还有47小时'],
  [59 * 60_000, '还有59分钟'],
  [1, '还有1分钟'],
])('%d ms are %s', (ms, text) => {
  expect(leftText(ms)).toBe(text);
});

test.each([
  [{ granted: 30, adjusted: 0, left: 4 }, undefined],
  [{ granted: 30, adjusted: 0, left: 3 }, 'nearly'],
  [{ granted: 5, adjusted: 0, left: 1 }, 'nearly'],
  [{ granted: 1, adjusted: 0, left: 1 }, undefined],
  [{ granted: 1, adjusted: 1, left: 0 }, 'full'],
])('of places %o the level is %s', (places, level) => {
  expect(levelOf(places)).toBe(level);
});
