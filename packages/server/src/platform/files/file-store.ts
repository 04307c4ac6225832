import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * Files known by the SHA-256 of their content. The same content is stored once; a stored file is never changed.
 *
 * `receive` writes to a temporary file, so that the caller can look at it before anything is kept; only `keep` puts it in place,
 * and resolves after the bytes on the disk have been read back and their hash is the one received. Nothing may be acknowledged
 * to a user before that.
 */
export type FileStore = {
  receive(source: Readable, limit: number): Promise<Reception>;
  read(sha256: string): Readable;
  has(sha256: string): Promise<boolean>;
  pathOf(sha256: string): string;
};

/** `limit` and `bytes` are byte counts; a file of exactly `limit` bytes is received. */
export type Reception = { ok: true; file: ReceivedFile } | { ok: false; reason: 'too_large' | 'cut_short' };

export type ReceivedFile = {
  sha256: string;
  bytes: number;
  /** Where the bytes lie until `keep` or `discard`. */
  path: string;
  keep(): Promise<void>;
  discard(): Promise<void>;
};

export async function openFileStore(directory: string): Promise<FileStore> {
  const incoming = join(directory, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  // What an interrupted upload left behind was never acknowledged to anybody.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true });

  const folderOf = (sha256: string) => join(directory, sha256.slice(0, 2));
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256 in hexadecimal');
    return join(folderOf(sha256), sha256.slice(2));
  };
  const has = (sha256: string) =>
    access(pathOf(sha256)).then(
      () => true,
      () => false,
    );

  async function keep(path: string, sha256: string): Promise<void> {
    if ((await hashOf(path)) !== sha256) throw new Error(`stored bytes differ from the received ones: ${sha256}`);
    await mkdir(folderOf(sha256), { recursive: true, mode: 0o700 });
    await rename(path, pathOf(sha256));
    await syncFolder(folderOf(sha256));
    await syncFolder(directory);
  }

  return {
    has,
    pathOf,
    read: (sha256) => createReadStream(pathOf(sha256)),
    async receive(source, limit) {
      const path = join(incoming, randomUUID());
      const written = await writeHashed(source, path, limit);
      if (typeof written === 'string') {
        await rm(path, { force: true });
        return { ok: false, reason: written };
      }
      const { sha256, bytes } = written;
      return {
        ok: true,
        file: { sha256, bytes, path, keep: () => keep(path, sha256), discard: () => rm(path, { force: true }) },
      };
    },
  };
}

async function writeHashed(source: Readable, path: string, limit: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const target = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) return 'too_large' as const;
      hash.update(chunk);
      await target.writeFile(chunk);
    }
    await target.sync();
  } catch (error) {
    const premature = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (premature || error === source.errored) return 'cut_short' as const;
    throw error;
  } finally {
    await target.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
