import { fileURLToPath } from 'node:url';
import { checksumOf, loadLibrary } from '../calls/index.ts';
import type { TestServer } from './server.ts';

/** The folder with a small call made for tests; the real ones are in `calls/`. */
export const TEST_CALLS = fileURLToPath(new URL('./calls', import.meta.url));
export const TEST_CALL = 'example-2026';

/** Opens a call of the server's calls folder as a round of the test authority. Answers with the round's id. */
export async function openTestRound(
  { context, house, clock }: TestServer,
  key: string,
  options: { mode?: 'live' | 'rehearsal'; shiftMs?: number } = {},
): Promise<string> {
  const { calls, faults } = await loadLibrary(context);
  const call = calls.find((candidate) => candidate.key === key);
  if (!call)
    throw new Error(
      `calls/${key}: ${JSON.stringify(faults.find((fault) => fault.key === key)?.problems ?? 'missing')}`,
    );
  const { compiled } = call;
  const checksum = checksumOf(compiled);
  await context.db
    .insertInto('callVersion')
    .values({ checksum, callKey: key, compiled: JSON.stringify(compiled), publishedAt: clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { mode = 'live', shiftMs = 0 } = options;
  const round = { callKey: key, authorityId: house.authorityId, checksum, mode, shiftMs, openedAt: clock.now() };
  const { id } = await context.db.insertInto('round').values(round).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Changes what a round was published as, as a supplementary notice would. */
export async function republish(
  { context }: TestServer,
  roundId: string,
  change: Record<string, unknown>,
): Promise<void> {
  const { db } = context;
  const { checksum: before } = await db
    .selectFrom('round')
    .select('checksum')
    .where('id', '=', roundId)
    .executeTakeFirstOrThrow();
  const version = await db
    .selectFrom('callVersion')
    .selectAll()
    .where('checksum', '=', before)
    .executeTakeFirstOrThrow();
  const compiled = { ...version.compiled, ...change };
  const checksum = checksumOf(compiled as never);
  await db
    .insertInto('callVersion')
    .values({ ...version, checksum, compiled: JSON.stringify(compiled) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db.updateTable('round').set({ checksum }).where('id', '=', roundId).execute();
}
