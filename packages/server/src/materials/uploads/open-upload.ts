import type { By } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { findUpload, type UploadRow } from './store-uploads.ts';

/** An upload for whoever began it, while it lives. Somebody else's is answered like one that does not exist. */
export async function openUpload({ db }: Context, by: By, id: string): Promise<Result<UploadRow>> {
  const row = await findUpload(db, id);
  return row && row.createdBy === by.actor.personId && row.expiresAt > by.at ? ok(row) : noSuchUpload();
}

export const noSuchUpload = (): Refused =>
  refused(404, {
    code: 'no_such_upload',
    message: '没有这个上传，或者它已经过期、已经放弃。',
    remedy: '请重新选择文件上传。',
  });
