import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addApplication } from '../testing/applications.ts';
import { openTestRound, TEST_CALL, TEST_CALLS } from '../testing/rounds.ts';
import { throughout } from '../platform/db/reach.ts';
import { startTestServer, type TestServer } from '../testing/server.ts';
import { examine } from './index.ts';

let server: TestServer;
let roundId: string;
beforeAll(async () => {
  server = await startTestServer({ at: '2026-03-10T10:00:00+08:00', env: { KESHEN_CALLS: TEST_CALLS } });
  roundId = await openTestRound(server, TEST_CALL);
});
afterAll(() => server.close());

const faults = async () =>
  Object.fromEntries(
    (await throughout(() => examine(server.atWork))).map(({ title, faults }) => [title, faults.length]),
  );
const HEALTHY = {
  日志的每条链都没有断: 0,
  日志与每个签过名的根一致: 0,
  已发布的申报通知与其校验值一致: 0,
  '冻结的内容、校验值、版本码三者一致': 0,
  '收下的附件都在，内容没有变': 0,
  每份申报的状态都由日志走到: 0,
  提交过的申报都有当时的快照: 0,
  有效清单上的版本就是申报现在的版本: 0,
  正式申报中没有接受过窗口之外的操作: 0,
  '没有名额被超用，计数与占用的一致': 0,
  各科技厅的数据在数据库里互相隔离: 0,
  '通知都已生成，该发的都已发出': 0,
};

test('a house without faults has none', async () => {
  expect(await faults()).toEqual(HEALTHY);
});

test('each thing that does not hold is found, though the database let it be written', async () => {
  const { context } = server;
  const { db } = context;
  // The application of the test helper has a made-up snapshot, a file that is nowhere and no log: four faults.
  const id = await addApplication(server, roundId);
  await db.updateTable('application').set({ versionCode: 'other' }).where('id', '=', id).execute();
  const late = { applicationId: id, subjectKind: 'application', subjectId: id, outcome: 'done' as const };
  await db
    .transaction()
    .execute((trx) => context.log(trx, { ...late, at: new Date('2026-04-01T00:00:00+08:00'), action: 'submit' }));
  const counter = { roundId, quota: 'places', holder: 'call', granted: 1, taken: 1 };
  await db.insertInto('quotaCounter').values(counter).execute();
  await sql`alter table call_version disable trigger call_version_is_frozen`.execute(db);
  await sql`update call_version set compiled = jsonb_set(compiled, '{title}', '"另一个名称"')`.execute(db);
  expect(await faults()).toEqual({
    ...HEALTHY,
    已发布的申报通知与其校验值一致: 1,
    '冻结的内容、校验值、版本码三者一致': 1,
    '收下的附件都在，内容没有变': 1,
    每份申报的状态都由日志走到: 1,
    提交过的申报都有当时的快照: 1,
    有效清单上的版本就是申报现在的版本: 1,
    正式申报中没有接受过窗口之外的操作: 1,
    '没有名额被超用，计数与占用的一致': 1,
  });
});

test('a file that was changed on the disk is found, an unchanged one is not', async () => {
  const { files, db } = server.context;
  const content = '合作协议';
  const received = await files.receive(Readable.from([Buffer.from(content)]), 1000);
  if (!received.ok) throw new Error(received.reason);
  await received.file.keep();
  const sha256 = createHash('sha256').update(content).digest('hex');
  await db.deleteFrom('attachment').execute();
  await db.deleteFrom('storedFile').execute();
  await db
    .insertInto('storedFile')
    .values({ sha256, bytes: received.file.bytes, storedAt: server.clock.now() })
    .execute();
  expect((await faults())['收下的附件都在，内容没有变']).toBe(0);
  await files.borrow(sha256, async (path) => {
    await chmod(path, 0o600);
    await writeFile(path, '别的内容');
  });
  expect((await faults())['收下的附件都在，内容没有变']).toBe(1);
});
