import { createHash, randomUUID, type Hash } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ReceivedFile, Reception } from './file-store.ts';

type Received = { sha256: string; bytes: number; confirmed?: Promise<void> };

/** Puts a confirmed file where it belongs; the path is free afterwards. */
type Place = (path: string, sha256: string, bytes: number) => Promise<void>;

const PIECE_BYTES = 1024 * 1024;
/** Pieces that are free to use again: memory outside of the heap is dear to collect. */
const spare: Buffer[] = [];
const MOST_SPARE = 16;

const takePiece = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
const givePiece = (piece: Buffer): void => {
  if (spare.length < MOST_SPARE) spare.push(piece);
};

/** A folder for files on their way in, with what every store does with them before they are kept. */
export async function openReception(directory: string, place: Place) {
  const incoming = join(directory, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  // What an interrupted upload left behind was never acknowledged to anybody.
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true });

  const received = (path: string, { sha256, bytes, confirmed }: Received): ReceivedFile => {
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
      return { ok: true, file: received(path, written) };
    },
    async adopt(path: string): Promise<ReceivedFile> {
      // What is hashed is what was read back already.
      return received(path, { ...(await hashOf(path)), confirmed: Promise.resolve() });
    },
  };
}

/**
 * Gathers what comes into pieces of a megabyte: one write to the disk instead of sixteen, while the next piece is being gathered. Nothing
 * of the stream is held longer than that.
 */
async function writeHashed(source: Readable, path: string, limit: number) {
  const hash = createHash('sha256');
  let bytes = 0;
  const pieces = [takePiece(), takePiece()] as const;
  let filling = 0;
  let filled = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const target = await open(path, 'wx', 0o600);
  const flush = async (): Promise<void> => {
    const piece = pieces[filling % 2] ?? Buffer.alloc(0);
    const whole = piece.subarray(0, filled);
    hash.update(whole);
    await writing;
    writing = target.writeFile(whole);
    // Awaited before the piece is used again; a failure in between must not go unhandled.
    writing.catch(() => undefined);
    filling += 1;
    filled = 0;
  };
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) return 'too_large' as const;
      for (let at = 0; at < chunk.length;) {
        const piece = pieces[filling % 2] ?? chunk;
        const copied = chunk.copy(piece, filled, at);
        at += copied;
        filled += copied;
        if (filled === piece.length) await flush();
      }
    }
    await flush();
    await writing;
    await target.sync();
  } catch (error) {
    const premature = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (premature || error === source.errored) return 'cut_short' as const;
    throw error;
  } finally {
    await writing.catch(() => undefined);
    await target.close();
    for (const piece of pieces) givePiece(piece);
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
  const piece = takePiece();
  let bytes = 0;
  try {
    while (bytes < most) {
      const { bytesRead } = await file.read(piece, 0, Math.min(PIECE_BYTES, most - bytes), bytes);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
    givePiece(piece);
  }
  return bytes;
}
