import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { checkHash, type FileStore } from './file-store.ts';
import { openReception } from './reception.ts';

/** A store in a folder of this machine, in folders named by the first two characters of the hash. */
export async function openLocalStore(directory: string): Promise<FileStore> {
  const folderOf = (sha256: string) => join(directory, sha256.slice(0, 2));
  const pathOf = (sha256: string) => join(folderOf(checkHash(sha256)), sha256.slice(2));
  const { receive, adopt } = await openReception(directory, async (path, sha256) => {
    await mkdir(folderOf(sha256), { recursive: true, mode: 0o700 });
    await rename(path, pathOf(sha256));
    await syncFolder(folderOf(sha256));
    await syncFolder(directory);
  });
  return {
    receive,
    adopt,
    has: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    read: (sha256) => createReadStream(pathOf(sha256)),
    borrow: (sha256, use) => use(pathOf(sha256)),
  };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
