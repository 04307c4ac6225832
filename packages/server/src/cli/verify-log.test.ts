import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { gatherRoots } from '../platform/audit/gather-roots.ts';
import { record } from '../platform/audit/log.ts';
import { issueReceipt } from '../platform/audit/receipt.ts';
import { lastDone } from '../platform/audit/store-receipts.ts';
import { rootOf } from '../platform/audit/store-roots.ts';
import { connectAsOwner } from '../platform/db/connect.ts';
import type { Database } from '../platform/db/schema.ts';
import { keysOf, openMasterKey, ownerOf, withSecrets } from '../platform/secrets/index.ts';
import { openSigner, type Signer } from '../platform/signing/index.ts';
import { freshDatabase } from '../testing/database.ts';
import { run as rotateKeys } from './rotate-keys.ts';
import { run as verifyLog } from './verify-log.ts';

const NOW = new Date('2026-04-01T09:00:00+08:00');

let dir: string;
let db: Kysely<Database>;
let signer: Signer;
let url: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'keshen-verify-'));
  const { host, port, user, database } = await freshDatabase();
  url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
  vi.stubEnv('KESHEN_DATA', dir);
  vi.stubEnv('DATABASE_URL', url);
  db = await withSecrets(
    connectAsOwner({ host, port, user, database }, 4),
    await openMasterKey(join(dir, 'keys', 'master.key'), true),
  );
  signer = await openSigner(join(dir, 'keys', 'signing.pem'), true);
  for (const action of ['createApplication', 'submit']) {
    await db
      .transaction()
      .execute((trx) => record(trx, { at: NOW, action, outcome: 'done', subjectKind: 'application', subjectId: 'a1' }));
  }
  await gatherRoots({ db, signer }, NOW);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await db.destroy();
  await rm(dir, { recursive: true, force: true });
});

const COMMANDS = { 'verify-log': verifyLog, 'rotate-keys': rotateKeys };

async function keshen(name: keyof typeof COMMANDS, ...args: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const out = vi.spyOn(console, 'log').mockImplementation((text) => said.push(String(text)));
  const err = vi.spyOn(console, 'error').mockImplementation((text) => said.push(String(text)));
  try {
    return { code: await COMMANDS[name](args), said: said.join('\n') };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
const keep = async (name: string, value: unknown): Promise<string> => {
  const path = join(dir, name);
  await writeFile(path, JSON.stringify(value));
  return path;
};

test('the log is proved as a whole, by subject, by a kept root and by a receipt, until somebody rewrites it', async () => {
  expect(await keshen('verify-log')).toEqual({ code: 0, said: expect.stringContaining('没有改动') });
  expect(await keshen('verify-log', '--subject', 'application:a1')).toMatchObject({ code: 0 });
  expect(await keshen('verify-log', '--subject', 'application:none')).toMatchObject({ code: 1 });
  await expect(keshen('verify-log', '--subject', 'a1')).rejects.toThrow('类别:编号');
  const root = await rootOf(db, 1);
  const rootFile = await keep('root.json', root);
  expect(await keshen('verify-log', '--root', rootFile)).toMatchObject({ code: 0 });
  const event = await lastDone(db, 'a1', ['submit']);
  if (!event) throw new Error('no event');
  const receipt = await keep('receipt.json', await issueReceipt({ db, signer }, event, {}, NOW));
  expect(await keshen('verify-log', '--receipt', receipt)).toEqual({ code: 0, said: expect.not.stringContaining('✗') });
  expect(await keshen('verify-log', '--receipt', rootFile)).toMatchObject({ code: 1 });

  await sql`alter table event disable trigger user`.execute(db);
  await sql`update event set detail = '{"changed": true}' where action = 'createApplication'`.execute(db);
  const broken = await keshen('verify-log');
  expect(broken.code).toBe(1);
  expect(broken.said).toMatch(/第一处断开：事件 1（application:a1，.*），内容被改过/);
  expect(await keshen('verify-log', '--receipt', receipt)).toMatchObject({ code: 1 });
  await sql`delete from event`.execute(db);
  const emptied = await keshen('verify-log');
  expect(emptied.code).toBe(1);
  expect(emptied.said).toContain('日志根 1');
});

test('another master key is taken over without touching the data', async () => {
  const sealed = (await keysOf(db)).seal(ownerOf.application('a1'), '13812345678');
  const next = join(dir, 'next.key');
  await openMasterKey(next, true);
  expect(await keshen('rotate-keys', '--master', next)).toEqual({ code: 0, said: expect.stringContaining('2把') });
  await expect(keshen('verify-log')).rejects.toThrow('主密钥与数据库不符');
  // A server that runs has the keys already.
  expect((await keysOf(db)).open(ownerOf.application('a1'), sealed)).toBe('13812345678');
  vi.stubEnv('KESHEN_MASTER_KEY_FILE', next);
  expect(await keshen('verify-log', '--subject', 'keys:data')).toMatchObject({ code: 0 });
});
