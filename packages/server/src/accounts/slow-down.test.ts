import { expect, test } from 'vitest';
import { FOR_A_LOGIN, tryAgainAt } from './slow-down.ts';

const now = new Date('2026-04-01T09:00:00+08:00');
const failures = (count: number, secondsAgo = 0): Date[] =>
  Array.from({ length: count }, () => new Date(now.getTime() - secondsAgo * 1000));
const secondsToWait = (count: number, secondsAgo = 0): number => {
  const at = tryAgainAt(failures(count, secondsAgo), now, FOR_A_LOGIN);
  return at ? (at.getTime() - now.getTime()) / 1000 : 0;
};

test.each([
  [4, 0],
  [5, 30],
  [6, 60],
  [7, 120],
  [10, 900],
  [500, 900],
])('after %i failures one waits %i seconds', (count, seconds) => {
  expect(secondsToWait(count)).toBe(seconds);
});

test('the wait ends, and failures are forgotten after half an hour', () => {
  expect(secondsToWait(5, 29)).toBe(1);
  expect(secondsToWait(5, 30)).toBe(0);
  expect(secondsToWait(500, 30 * 60)).toBe(0);
});
