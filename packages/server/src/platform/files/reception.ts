import { createHash, randomUUID, type Hash } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ReceivedFile, Reception } from './file-store.ts';

/** Puts a confirmed file where it belongs; the path is free afterwards. */
type Place = (path: string, sha256: string, bytes: number) => Promise<void>;

const READ_BYTES = 1024 * 1024;

/** A folder for files on their way in, with what every store does with them before they are kept. */
export async function openReception(directory: string, place: Place) {
  const incoming = join(directory, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  // What an interrupted upload left behind was never acknowledged to anybody.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true });

  const received = (path: string, sha256: string, bytes: number): ReceivedFile => {
    let confirmed: Promise<void> | undefined;
    const confirm = () => (confirmed ??= compare(path, sha256));
    return {
      sha256,
      bytes,
      path,
      confirm,
      keep: async () => {
        await confirm();
        await place(path, sha256, bytes);
      },
      discard: () => rm(path, { force: true }),
    };
  };

  return {
    incoming,
    async receive(source: Readable, limit: number): Promise<Reception> {
      const path = join(incoming, randomUUID());
      const written = await writeHashed(source, path, limit);
      if (typeof written === 'string') {
        await rm(path, { force: true });
        return { ok: false, reason: written };
      }
      return { ok: true, file: received(path, written.sha256, written.bytes) };
    },
    async adopt(path: string): Promise<ReceivedFile> {
      const { sha256, bytes } = await hashOf(path);
      return received(path, sha256, bytes);
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

async function compare(path: string, sha256: string): Promise<void> {
  if ((await hashOf(path)).sha256 !== sha256) throw new Error(`stored bytes differ from the received ones: ${sha256}`);
}

async function hashOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  const bytes = await hashInto(hash, path, Infinity);
  return { sha256: hash.digest('hex'), bytes };
}

/** Feeds the first `most` bytes of a file to a hash; answers how many there were. */
export async function hashInto(hash: Hash, path: string, most: number): Promise<number> {
  const file = await open(path, 'r');
  const piece = Buffer.allocUnsafe(READ_BYTES);
  let bytes = 0;
  try {
    while (bytes < most) {
      const { bytesRead } = await file.read(piece, 0, Math.min(READ_BYTES, most - bytes), bytes);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
