import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { randomUUID, createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { checkHash, type FileStore } from './file-store.ts';
import { openReception } from './reception.ts';
import type { S3Settings } from './settings.ts';

/**
 * A store in a bucket of an S3-compatible service. Files on their way in lie in `directory` on this machine; what is kept is put on
 * condition that no such object exists, with its SHA-256, which the service has to confirm, or the object is read back.
 */
export async function openS3Store(settings: S3Settings, directory: string): Promise<FileStore & { close(): void }> {
  const { bucket: Bucket, endpoint, region, credentials, pathStyle } = settings;
  const client = new S3Client({
    region,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    forcePathStyle: pathStyle,
    // A stream is not sent again by the SDK, which would say so on the console; `put` sends it again from the file.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    // Only the checksum that is given: not every compatible service knows the newer ones.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const at = (sha256: string) => ({ Bucket, Key: `files/${checkHash(sha256).slice(0, 2)}/${sha256.slice(2)}` });

  const contentOf = async (sha256: string): Promise<Readable> => {
    const { Body } = await client.send(new GetObjectCommand(at(sha256)));
    if (!(Body instanceof Readable)) throw new Error(`object ${sha256} came without a stream`);
    return Body;
  };

  /** What the service holds under this hash has this hash: by its own word where it keeps checksums, otherwise read back. */
  const confirmHeld = async (sha256: string, bytes: number): Promise<void> => {
    const head = await client.send(new HeadObjectCommand({ ...at(sha256), ChecksumMode: 'ENABLED' }));
    const held = head.ChecksumSHA256
      ? Buffer.from(head.ChecksumSHA256, 'base64').toString('hex')
      : await hashOfStream(await contentOf(sha256));
    if (held !== sha256 || head.ContentLength !== bytes) {
      throw new Error(`the object store holds something else than was sent: ${sha256}`);
    }
  };

  const put = async (path: string, sha256: string, bytes: number, triesLeft = 3): Promise<void> => {
    const object = {
      ...at(sha256),
      Body: createReadStream(path),
      ContentLength: bytes,
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      IfNoneMatch: '*',
    };
    try {
      await client.send(new PutObjectCommand(object));
    } catch (error) {
      // Somebody stored the same content before, or at this moment: 412, or 409 while the other put is under way.
      const status = statusOf(error);
      if (status === 412 || status === 409) return;
      if (triesLeft <= 1 || (status !== undefined && status < 500)) throw error;
      await put(path, sha256, bytes, triesLeft - 1);
    }
  };

  const { incoming, receive, adopt } = await openReception(directory, async (path, sha256, bytes) => {
    await put(path, sha256, bytes);
    await confirmHeld(sha256, bytes);
    await rm(path, { force: true });
  });

  return {
    receive,
    adopt,
    close: () => client.destroy(),
    has: async (sha256) => {
      try {
        await client.send(new HeadObjectCommand(at(sha256)));
        return true;
      } catch (error) {
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
    read: (sha256) =>
      Readable.from(
        (async function* () {
          yield* await contentOf(sha256);
        })(),
        { objectMode: false },
      ),
    borrow: async (sha256, use) => {
      const path = join(incoming, randomUUID());
      try {
        await pipeline(await contentOf(sha256), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        return await use(path);
      } finally {
        await rm(path, { force: true });
      }
    },
  };
}

/** Undefined when there was no answer. */
const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

async function hashOfStream(content: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
