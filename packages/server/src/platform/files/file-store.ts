import type { Readable } from 'node:stream';

/**
 * Files known by the SHA-256 of their content. The same content is stored once; a stored file is never changed.
 *
 * `receive` and `adopt` put the bytes on this machine's disk, so that the caller can look at them before anything is kept; only `keep`
 * puts them in place, and resolves after the store has confirmed the hash of what it holds. Nothing may be acknowledged to a user
 * before that.
 */
export type FileStore = {
  /** Writes what comes, at most `limit` bytes; a file of exactly `limit` bytes is received. */
  receive(source: Readable, limit: number): Promise<Reception>;
  /** Takes a file that already lies on this machine's disk, whole, as if it had just been received. `keep` moves it away. */
  adopt(path: string): Promise<ReceivedFile>;
  read(sha256: string): Readable;
  has(sha256: string): Promise<boolean>;
  /** Hands out the path of a local copy for as long as `use` runs; it may only be read. */
  borrow<T>(sha256: string, use: (path: string) => Promise<T>): Promise<T>;
};

export type Reception = { ok: true; file: ReceivedFile } | { ok: false; reason: 'too_large' | 'cut_short' };

export type ReceivedFile = {
  sha256: string;
  bytes: number;
  /** Where the bytes lie until `keep` or `discard`. */
  path: string;
  /** Reads the bytes back from the disk and compares their hash with what was received; `keep` does it where it was not done. */
  confirm(): Promise<void>;
  keep(): Promise<void>;
  discard(): Promise<void>;
};

/** Throws for what is no hash, so that no path or object key can be smuggled in as one. */
export function checkHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256 in hexadecimal');
  return sha256;
}
