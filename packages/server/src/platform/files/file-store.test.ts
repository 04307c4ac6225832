import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFileStore, type FileStore } from './file-store.ts';

let directory: string;
let files: FileStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keshen-files-'));
  files = await openFileStore(directory);
});
afterAll(() => rm(directory, { recursive: true }));

const inPieces = (content: Buffer, size = 1000) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
    })(),
  );

test('keeps what it received under the hash of its content', async () => {
  const content = randomBytes(100_001);
  const reception = await files.receive(inPieces(content), 100_001);
  if (!reception.ok) throw new Error(reception.reason);
  expect(reception.file).toMatchObject({
    bytes: 100_001,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  expect(await files.has(reception.file.sha256)).toBe(false);
  await reception.file.keep();
  expect(await buffer(files.read(reception.file.sha256))).toEqual(content);
});

test('refuses one byte over the limit and leaves nothing behind', async () => {
  expect(await files.receive(inPieces(randomBytes(1001)), 1000)).toEqual({ ok: false, reason: 'too_large' });
  expect(await readdir(join(directory, 'incoming'))).toEqual([]);
});

test('an upload that breaks off is not kept', async () => {
  const broken = new Readable({
    read() {
      this.push(Buffer.from('half of it'));
      this.destroy(new Error('connection reset'));
    },
  });
  expect(await files.receive(broken, 1000)).toEqual({ ok: false, reason: 'cut_short' });
  expect(await readdir(join(directory, 'incoming'))).toEqual([]);
});

test('does not acknowledge bytes that the disk gave back differently', async () => {
  const reception = await files.receive(inPieces(Buffer.from('what was sent')), 100);
  if (!reception.ok) throw new Error(reception.reason);
  await writeFile(reception.file.path, 'what the disk has');
  await expect(reception.file.keep()).rejects.toThrow(/differ/);
});

test('a path cannot be smuggled in as a hash', () => {
  expect(() => files.pathOf('../../etc/passwd')).toThrow('not a SHA-256');
});
