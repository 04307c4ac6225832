import { type By, openApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { findStored, type StoredAttachment } from './store.ts';

/** An attachment for whoever may read its application; one that was replaced since is served as well. */
export async function readFile(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const stored = await openStored(context, by, id);
  if (!stored.ok) return stored;
  const { bytes, mediaType, fileName, sha256 } = stored.value;
  return ok({ content: context.files.read(sha256), bytes, mediaType, fileName });
}

/** The attachment, if the person may read its application and it may be opened at all: nothing is that antivirus has not passed yet. */
export async function openStored(context: Context, by: By, id: string): Promise<Result<StoredAttachment>> {
  const stored = await findStored(context.db, id);
  if (!stored) return noSuchFile();
  const opened = await openApplication(context, by, stored.applicationId);
  if (!opened.ok) return noSuchFile();
  const { virus, notes } = stored.inspection;
  if (virus === 'found') {
    return refused(403, { code: 'virus', message: `这个附件不能打开：${notes.join('；')}`, remedy: '请重新上传。' });
  }
  if (virus === 'waiting') {
    return refused(409, {
      code: 'waiting_for_scan',
      message: '这个附件还没有查毒，暂时不能打开。',
      remedy: '系统会自动查，请稍后再试。',
    });
  }
  return ok(stored);
}

export const noSuchFile = (): Refused =>
  refused(404, {
    code: 'not_found',
    message: '没有这个附件，或者您无权查看它。',
    remedy: '请从申报书的附件目录进入。',
  });
