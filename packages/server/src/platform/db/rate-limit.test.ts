import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from './connect.ts';
import { freshDatabase } from '../../testing/database.ts';
import { forgetRateCounts, rateLimit } from './rate-limit.ts';

const NOON = new Date('2026-04-01T12:00:00+08:00');
const after = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

let one: ReturnType<typeof connect>;
let two: ReturnType<typeof connect>;
beforeAll(async () => {
  const address = await freshDatabase();
  one = connect(address, 5);
  two = connect(address, 5);
});
afterAll(() => Promise.all([one.destroy(), two.destroy()]));

test('two processes share one count, also for calls made at one moment', async () => {
  const [here, there] = [rateLimit(one, 'shared', 5, 3600_000), rateLimit(two, 'shared', 5, 3600_000)];
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => (index % 2 ? here : there)('10.0.0.1', NOON)),
  );
  expect(answers.filter((until) => until === undefined)).toHaveLength(5);
  expect(answers.filter((until) => until?.getTime() === after(60).getTime())).toHaveLength(7);
  expect(await here('10.0.0.2', NOON)).toBeUndefined();
});

test('the hour begins with the first call; who goes on knocking waits no longer for it', async () => {
  const limit = rateLimit(one, 'hour', 2, 3600_000);
  expect(await limit('a', NOON)).toBeUndefined();
  expect(await limit('a', after(50))).toBeUndefined();
  expect(await limit('a', after(59))).toEqual(after(60));
  expect(await limit('a', after(60))).toBeUndefined();
});

test('a count whose time is over is forgotten with its address', async () => {
  await rateLimit(one, 'short', 1, 60_000)('10.0.0.9', NOON);
  await forgetRateCounts(two, after(2));
  const left = await one.selectFrom('rateCount').selectAll().where('name', '=', 'short').execute();
  expect(left).toEqual([]);
});
