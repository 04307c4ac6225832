import { expect, test } from 'vitest';
import { afterQuiet, dayInBeijing, nextDigestAt } from './hours.ts';

const at = (text: string) => new Date(`${text}+08:00`);

test.each([
  ['2025-11-25T07:59:59', '2025-11-25T08:00:00'],
  ['2025-11-25T08:00:00', '2025-11-26T08:00:00'],
  ['2025-12-31T23:30:00', '2026-01-01T08:00:00'],
])('what is gathered at %s goes out at %s', (now, next) => {
  expect(nextDigestAt(at(now))).toEqual(at(next));
});

test.each([
  ['2025-11-25T21:59:59', '2025-11-25T21:59:59'],
  ['2025-11-25T22:00:00', '2025-11-26T08:00:00'],
  ['2025-11-26T03:00:00', '2025-11-26T08:00:00'],
  ['2025-11-26T08:00:00', '2025-11-26T08:00:00'],
])('with quiet hours over midnight a text message of %s is sent at %s', (now, then) => {
  expect(afterQuiet(at(now), { fromMinute: 22 * 60, toMinute: 8 * 60 })).toEqual(at(then));
});

test('quiet hours within a day, and none at all', () => {
  const noon = { fromMinute: 12 * 60, toMinute: 14 * 60 };
  expect(afterQuiet(at('2025-11-25T12:30:00'), noon)).toEqual(at('2025-11-25T14:00:00'));
  expect(afterQuiet(at('2025-11-25T14:00:00'), noon)).toEqual(at('2025-11-25T14:00:00'));
  expect(afterQuiet(at('2025-11-25T00:00:00'), { fromMinute: 0, toMinute: 0 })).toEqual(at('2025-11-25T00:00:00'));
});

test('the day of a digest is the day in Beijing', () => {
  expect(dayInBeijing(new Date('2025-11-24T16:00:00Z'))).toBe('2025-11-25');
});
