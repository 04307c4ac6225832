import { join } from 'node:path';
import type { Context } from '../../platform/context.ts';
import { deleteUpload, findUpload, forgetExpired } from './store-uploads.ts';
import { UploadFiles } from './upload-files.ts';

/** Where the bytes of uploads under way lie. */
export const openUploadFiles = ({ config, db }: Context): UploadFiles =>
  new UploadFiles(
    join(config.dataDir, 'uploads'),
    async (id) => {
      const row = await findUpload(db, id);
      return row && { bytes: row.bytes, createdAt: row.createdAt, done: row.attachmentId !== null };
    },
    (id) => deleteUpload(db, id),
  );

/** Forgets abandoned uploads, and removes bytes that belong to none. The row of an upload is always there before its bytes are. */
export async function sweepUploads({ db }: Context, files: UploadFiles, now: Date): Promise<void> {
  const found = await files.ids();
  const left = await forgetExpired(db, now);
  for (const id of found) if (!left.has(id)) await files.remove(id);
}
