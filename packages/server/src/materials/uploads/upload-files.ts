import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';

export type KnownUpload = { bytes: number; createdAt: Date; done: boolean };

/**
 * The bytes of uploads under way, one file each. How far an upload has come is the length of its file and nothing else, so that it is
 * right after the server was killed at any byte.
 */
export class UploadFiles extends DataStore {
  readonly #directory: string;
  readonly #find: (id: string) => Promise<KnownUpload | undefined>;
  readonly #forget: (id: string) => Promise<unknown>;
  /** An upload is asked how far it is only after a write that was broken off has put down what it had. */
  readonly #writing = new Map<string, Promise<number>>();

  constructor(
    directory: string,
    find: (id: string) => Promise<KnownUpload | undefined>,
    forget: (id: string) => Promise<unknown>,
  ) {
    super();
    this.extensions = ['creation', 'termination'];
    this.#directory = directory;
    this.#find = find;
    this.#forget = forget;
  }

  pathOf(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('not the id of an upload');
    return join(this.#directory, id);
  }

  /** How many bytes of an upload lie on the disk. */
  async received(id: string): Promise<number> {
    await this.#writing.get(id)?.catch(() => undefined);
    return stat(this.pathOf(id)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  override async create(upload: Upload): Promise<Upload> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    await writeFile(this.pathOf(upload.id), '', { mode: 0o600 });
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const known = await this.#find(id);
    if (!known) throw ERRORS.FILE_NOT_FOUND;
    const { bytes: size, createdAt, done } = known;
    return new Upload({
      id,
      size,
      offset: done ? size : await this.received(id),
      creation_date: createdAt.toISOString(),
    });
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    const writing = writeAt(this.pathOf(id), source, offset);
    this.#writing.set(id, writing);
    try {
      return await writing;
    } finally {
      this.#writing.delete(id);
    }
  }

  override async remove(id: string): Promise<void> {
    await this.#forget(id);
    await rm(this.pathOf(id), { force: true });
  }

  /** Puts the bytes on the disk for good, before anything is said about them. */
  async sync(id: string): Promise<void> {
    const file = await open(this.pathOf(id), 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** The ids of all uploads that have bytes. */
  async ids(): Promise<string[]> {
    return readdir(this.#directory).catch(() => []);
  }
}

async function writeAt(path: string, source: Readable, offset: number): Promise<number> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
  let at = offset;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      for (let done = 0; done < chunk.length;) {
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done, at);
        done += bytesWritten;
        at += bytesWritten;
      }
    }
  } finally {
    await file.close();
  }
  return at;
}
