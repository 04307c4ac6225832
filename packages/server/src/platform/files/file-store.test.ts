import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startObjectStore, type ObjectStore } from '../../testing/object-store.ts';
import type { FileStore } from './file-store.ts';
import { openFileStore } from './open-file-store.ts';
import { readS3Settings } from './settings.ts';

const inPieces = (content: Buffer, size = 1000) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
    })(),
  );
const sha256Of = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

let objectStore: ObjectStore;
beforeAll(async () => {
  objectStore = await startObjectStore();
});
afterAll(() => objectStore.close());

describe.each(['a local folder', 'an S3-compatible store'])('%s', (kind) => {
  const bucket = kind !== 'a local folder';
  let directory: string;
  let files: FileStore;
  const incoming = () => readdir(join(directory, bucket ? 'bucket/incoming' : 'incoming'));
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keshen-files-'));
    files = await openFileStore(directory, bucket ? objectStore.settings : undefined);
  });
  afterAll(() => rm(directory, { recursive: true }));

  const receive = async (content: Buffer | string) => {
    const reception = await files.receive(inPieces(Buffer.from(content)), 1_000_000);
    if (!reception.ok) throw new Error(reception.reason);
    return reception.file;
  };

  test('keeps what it received under the hash of its content', async () => {
    const content = randomBytes(100_001);
    const reception = await files.receive(inPieces(content), 100_001);
    if (!reception.ok) throw new Error(reception.reason);
    const { sha256, bytes } = reception.file;
    expect({ sha256, bytes }).toEqual({ sha256: sha256Of(content), bytes: 100_001 });
    expect(await files.has(sha256)).toBe(false);
    await reception.file.keep();
    expect(await files.has(sha256)).toBe(true);
    expect(await buffer(files.read(sha256))).toEqual(content);
    expect(await files.borrow(sha256, (path) => readFile(path))).toEqual(content);
    expect(await incoming()).toEqual([]);
  });

  test('keeps an empty file', async () => {
    const file = await receive('');
    await file.keep();
    expect(await buffer(files.read(file.sha256))).toEqual(Buffer.alloc(0));
  });

  test('takes a file that lies on the disk already', async () => {
    const path = join(directory, 'from elsewhere');
    await writeFile(path, 'gathered in pieces');
    const file = await files.adopt(path);
    expect(file).toMatchObject({ bytes: 18, sha256: sha256Of('gathered in pieces') });
    await file.keep();
    expect((await buffer(files.read(file.sha256))).toString()).toBe('gathered in pieces');
    expect(await readdir(directory)).not.toContain('from elsewhere');
  });

  test('the same content kept twice, also at once, is there once', async () => {
    const [one, two, three] = await Promise.all([receive('the same'), receive('the same'), receive('the same')]);
    await Promise.all([one.keep(), two.keep()]);
    await three.keep();
    expect((await buffer(files.read(one.sha256))).toString()).toBe('the same');
    expect(await incoming()).toEqual([]);
  });

  test('refuses one byte over the limit and leaves nothing behind', async () => {
    expect(await files.receive(inPieces(randomBytes(1001)), 1000)).toEqual({ ok: false, reason: 'too_large' });
    expect(await incoming()).toEqual([]);
  });

  test('an upload that breaks off is not kept', async () => {
    const broken = new Readable({
      read() {
        this.push(Buffer.from('half of it'));
        this.destroy(new Error('connection reset'));
      },
    });
    expect(await files.receive(broken, 1000)).toEqual({ ok: false, reason: 'cut_short' });
    expect(await incoming()).toEqual([]);
  });

  test('what is discarded is gone', async () => {
    const file = await receive('not wanted');
    await file.discard();
    expect(await incoming()).toEqual([]);
    expect(await files.has(file.sha256)).toBe(false);
  });

  test('does not acknowledge bytes that the disk gave back differently', async () => {
    const file = await receive('what was sent');
    await writeFile(file.path, 'what the disk has');
    await expect(file.keep()).rejects.toThrow(/differ/);
    expect(await files.has(file.sha256)).toBe(false);
  });

  test('nothing is read that is not there', async () => {
    await expect(buffer(files.read('0'.repeat(64)))).rejects.toThrow(/no such file|specified key|NoSuchKey/i);
  });

  test('a path cannot be smuggled in as a hash', async () => {
    await expect((async () => files.has('../../etc/passwd'))()).rejects.toThrow('not a SHA-256');
  });
});

describe('the S3-compatible store', () => {
  let directory: string;
  let files: FileStore;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'keshen-files-'));
    files = await openFileStore(directory, objectStore.settings);
  });
  afterAll(() => rm(directory, { recursive: true }));
  const receive = async (content: string) => {
    const reception = await files.receive(Readable.from([Buffer.from(content)]), 1000);
    if (!reception.ok) throw new Error(reception.reason);
    return reception.file;
  };

  test('puts only where nothing is yet', async () => {
    const [first, second] = [await receive('once'), await receive('once')];
    await first.keep();
    objectStore.asked.length = 0;
    await second.keep();
    expect(objectStore.asked.map(({ what, status }) => `${what.split(' ')[0]} ${status}`)).toEqual([
      'PUT 412',
      'HEAD 200',
    ]);
  });

  test.each([true, false])('what the service made of it is checked (it keeps checksums: %s)', async (keeps) => {
    objectStore.keepsChecksums = keeps;
    const good = await receive(`whole ${keeps}`);
    await good.keep();
    objectStore.damageNext = 1;
    const damaged = await receive(`damaged ${keeps}`);
    await expect(damaged.keep()).rejects.toThrow(/something else/);
    objectStore.keepsChecksums = true;
  });

  test('a service that does not know us is a fault, not an absent file', async () => {
    const stranger = await openFileStore(directory, {
      ...objectStore.settings,
      credentials: { accessKeyId: 'stranger', secretAccessKey: 'x' },
    });
    await expect(stranger.has('0'.repeat(64))).rejects.toThrow();
  });

  test('its settings name what is missing', () => {
    expect(readS3Settings({})).toBeUndefined();
    expect(readS3Settings({ KESHEN_S3_ENDPOINT: 'http://x' })).toContain('KESHEN_S3_BUCKET');
    expect(readS3Settings({ KESHEN_S3_BUCKET: 'b', KESHEN_S3_ENDPOINT: 'nonsense' })).toContain('KESHEN_S3_ENDPOINT');
    expect(readS3Settings({ KESHEN_S3_BUCKET: 'b', KESHEN_S3_ACCESS_KEY: 'a' })).toContain('KESHEN_S3_SECRET_KEY');
    expect(
      readS3Settings({ KESHEN_S3_BUCKET: 'b', KESHEN_S3_ACCESS_KEY: 'a', KESHEN_S3_SECRET_KEY: 's' }),
    ).toMatchObject({ bucket: 'b', pathStyle: false, credentials: { accessKeyId: 'a', secretAccessKey: 's' } });
  });
});
