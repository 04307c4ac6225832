import type { MaterialDefinition } from '@keshen/rules';
import { type Attachment, attachmentsOf, attempt, type By } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { attachReceived, type Place } from '../attach-received.ts';
import { ATTACH, mayAttachAt } from '../may-attach.ts';
import { noSuchUpload, openUpload } from './open-upload.ts';
import { markAttached, markFilled, type UploadRow } from './store-uploads.ts';
import type { UploadFiles } from './upload-files.ts';

const finishing = new Map<string, Promise<Result<Attachment>>>();

/**
 * Makes an attachment of an upload whose bytes have all come; the answer is the receipt. May be asked for again when the answer was lost.
 * The window is judged by the moment at which the request arrived that brought the last byte. What is refused is thrown away.
 */
export async function finishUpload(
  context: Context,
  files: UploadFiles,
  by: By,
  id: string,
): Promise<Result<Attachment>> {
  const opened = await openUpload(context, by, id);
  if (!opened.ok) return opened;
  const running = finishing.get(id) ?? finish(context, files, by, opened.value).finally(() => finishing.delete(id));
  finishing.set(id, running);
  return running;
}

async function finish(context: Context, files: UploadFiles, by: By, upload: UploadRow): Promise<Result<Attachment>> {
  const { id } = upload;
  if (upload.attachmentId !== null) return receiptOf(context, upload);
  const received = await files.received(id);
  if (received !== upload.bytes) return notAllThere(received, upload);

  const at = upload.filledAt ?? by.at;
  await markFilled(context.db, id, at);
  const then = { ...by, at };
  const place = placeOf(upload);
  const what = { action: ATTACH.action, applicationId: upload.applicationId };
  const material = await attempt(context, then, what, (trx) => mayAttachAt(trx, context, then, place));
  const attached = material.ok
    ? await attach(context, files, then, { upload, place, material: material.value })
    : material;
  if (!attached.ok) await files.remove(id);
  return attached;
}

type Whole = { upload: UploadRow; place: Place; material: MaterialDefinition };

async function attach(context: Context, files: UploadFiles, by: By, { upload, place, material }: Whole) {
  const { id } = upload;
  await files.sync(id);
  const file = await context.files.adopt(files.pathOf(id));
  return attachReceived(context, by, {
    place,
    material,
    file,
    note: async (trx, attachmentId) => {
      if (!(await markAttached(trx, id, attachmentId))) throw new Error(`upload ${id} was finished twice`);
    },
  });
}

const placeOf = ({ applicationId, material, rowId, fileName, sha256 }: UploadRow): Place => ({
  applicationId,
  material,
  name: fileName,
  ...(rowId !== null && { row: rowId }),
  ...(sha256 !== null && { sha256 }),
});

async function receiptOf({ db }: Context, { applicationId, attachmentId }: UploadRow): Promise<Result<Attachment>> {
  const attachment = (await attachmentsOf(db, applicationId)).find(({ id }) => id === attachmentId);
  return attachment ? ok(attachment) : noSuchUpload();
}

const notAllThere = (received: number, { bytes, material }: UploadRow): Refused =>
  refused(409, {
    code: 'not_all_there',
    message: `文件还没有传完，收到${received}字节，共${bytes}字节。`,
    where: `materials.${material}`,
    remedy: '请接着上传。',
    current: { received },
  });
