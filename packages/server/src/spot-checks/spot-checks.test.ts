import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addApplication } from '../testing/applications.ts';
import { addPerson, type TestPerson } from '../testing/people.ts';
import { openTestRound, TEST_CALL, TEST_CALLS } from '../testing/rounds.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { drawSample, populationHashOf, sizeOf } from './draw-sample.ts';

const run = promisify(execFile);
let server: TestServer;
let integrity: TestPerson;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
  const { authorityId } = server.house;
  integrity = await addPerson(server.context.db, 'integrity', '诚信管理', [{ role: 'integrityOfficer', authorityId }]);
  roundId = await openTestRound(server, TEST_CALL);
  for (let count = 0; count < 12; count += 1) await addDelivered();
});
afterAll(() => server.close());

async function addDelivered(): Promise<void> {
  const { db } = server.context;
  await db.deleteFrom('recommendationList').execute();
  const id = await addApplication(server, roundId);
  await db.updateTable('application').set({ state: 'delivered' }).where('id', '=', id).execute();
}

const post = async (who: TestPerson | 'programmeOfficer' | 'recommendingDepartment', url: string, payload: object) => {
  const response = await server.as(who)({ method: 'POST', url, payload });
  return { status: response.statusCode, body: response.json() };
};

test('the hash is published before the draw, the seed after it, and anybody draws the same numbers offline', async () => {
  const url = `/api/rounds/${roundId}/spot-checks`;
  const asked = { percent: 20, publicSource: '2026年3月11日福彩3D开奖号码' };
  expect((await post('recommendingDepartment', url, asked)).status).toBe(403);
  expect(await post(integrity, url, { ...asked, publicSource: ' ' })).toMatchObject({ status: 422 });
  const { id } = (await post(integrity, url, asked)).body;

  const before = (await server.visitor({ url: `/spot-checks/${id}` })).body;
  const { secret, secretHash } = await server.context.db
    .selectFrom('spotCheck')
    .select(['secret', 'secretHash'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(before).toContain(secretHash);
  expect(before).not.toContain(secret);
  expect((await server.visitor({ url: `/spot-checks/${id}/numbers.txt` })).statusCode).toBe(404);

  expect(await post(integrity, `/api/spot-checks/${id}/draw`, { publicValue: '' })).toMatchObject({ status: 422 });
  const drawn = await post('programmeOfficer', `/api/spot-checks/${id}/draw`, { publicValue: '407' });
  expect(drawn.body.drawn).toHaveLength(3);
  expect(await post(integrity, `/api/spot-checks/${id}/draw`, { publicValue: '408' })).toMatchObject({
    status: 409,
    body: { refusal: { code: 'already_drawn' } },
  });

  const after = (await server.visitor({ url: `/spot-checks/${id}` })).body;
  expect(after).toContain(secret);
  for (const number of drawn.body.drawn) expect(after).toContain(number);
  const list = (await server.visitor({ url: `/spot-checks/${id}/numbers.txt` })).body;
  const folder = await mkdtemp(join(tmpdir(), 'keshen-draw-'));
  try {
    const file = join(folder, '名单.txt');
    await writeFile(file, list);
    const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
    const args = [main, 'draw', file, '--secret', secret, '--public-value', '407', '--percent', '20'];
    const { stdout } = await run(process.execPath, args);
    expect(stdout).toContain(secretHash);
    expect(stdout).toContain(populationHashOf(list.trim().split('\n')));
    expect(stdout.trim().split('\n').slice(-3)).toEqual(drawn.body.drawn);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the same list in any order and with repetitions is one list; another seed draws others; a share is rounded up', () => {
  const numbers = Array.from({ length: 500 }, (_, index) => `2026-21-${String(index).padStart(6, '0')}`);
  const drawn = drawSample('a', numbers, 3);
  expect(drawn).toHaveLength(15);
  expect(drawSample('a', [...numbers.toReversed(), ...numbers], 3)).toEqual(drawn);
  expect(drawSample('b', numbers, 3)).not.toEqual(drawn);
  expect(drawSample('a', numbers, 100).toSorted()).toEqual(numbers);
  expect([sizeOf(1, 1), sizeOf(100, 10), sizeOf(101, 10)]).toEqual([1, 10, 11]);
});
