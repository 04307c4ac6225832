import { type By, openApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { findStored } from './store.ts';

/** An attachment for whoever may read its application; one that was replaced since is served as well. */
export async function readFile(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const stored = await findStored(context.db, id);
  if (!stored) return noSuchFile();
  const opened = await openApplication(context, by, stored.applicationId);
  if (!opened.ok) return noSuchFile();
  const { bytes, mediaType, fileName } = stored;
  return ok({ content: context.files.read(stored.sha256), bytes, mediaType, fileName });
}

export const noSuchFile = (): Refused =>
  refused(404, {
    code: 'not_found',
    message: '没有这个附件，或者您无权查看它。',
    remedy: '请从申报书的附件目录进入。',
  });
