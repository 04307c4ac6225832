import { join } from 'node:path';
import type { FileStore } from './file-store.ts';
import { openLocalStore } from './local-store.ts';
import { openS3Store } from './s3-store.ts';
import type { S3Settings } from './settings.ts';

/** The bucket where one is configured, otherwise a folder under `directory`; files on their way in lie in the folder either way. */
export const openFileStore = (directory: string, s3?: S3Settings): Promise<FileStore> =>
  s3 ? openS3Store(s3, join(directory, 'bucket')) : openLocalStore(directory);
