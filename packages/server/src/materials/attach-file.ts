import type { MaterialDefinition } from '@keshen/rules';
import type { Readable } from 'node:stream';
import {
  applicationContentOf,
  getAttachment,
  attachmentsOf,
  type Attachment,
  attempt,
  type By,
  eventBy,
} from '../applications/index.ts';
import type { Trx } from '../platform/db/schema.ts';
import { rowRefusal } from './row-refusal.ts';
import type { Context } from '../platform/context.ts';
import type { ReceivedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { cleanFileName } from './file-name.ts';
import { inspectFile, type Inspected } from './inspect-file.ts';
import { ATTACH, findMaterial, mayAttach } from './may-attach.ts';
import { insertAttachment, removeAttachment, touchApplication } from './store.ts';

/** A file on its way in: `row` where the material is asked per row of a table, `sha256` if the sender computed it. */
export type Upload = {
  applicationId: string;
  material: string;
  row?: string;
  name: string;
  sha256?: string;
  content: Readable;
};

/**
 * Receives a file, looks at what it really is, and only then keeps it and says so: the answer is given after the stored bytes were
 * read back and their hash is right. Where one file is asked for, a new one replaces it; the old one is kept but no longer counts.
 */
export async function attachFile(context: Context, by: By, upload: Upload): Promise<Result<Attachment>> {
  const { applicationId, material: key } = upload;
  const what = { action: ATTACH.action, applicationId };
  const allowed = await attempt(context, by, what, async (trx) => {
    const attaching = await mayAttach(trx, context, by, applicationId);
    if (!attaching.ok) return attaching;
    const found = findMaterial(attaching.value.round, by, key);
    if (!found.ok) return found;
    return rowRefusal(found.value, upload.row, await applicationContentOf(trx, applicationId)) ?? found;
  });
  if (!allowed.ok) return allowed;
  const material = allowed.value;

  const reception = await context.files.receive(upload.content, material.maxBytes);
  if (!reception.ok) {
    return attempt(context, by, what, async () =>
      reception.reason === 'too_large' ? tooLarge(material) : cutShort(material),
    );
  }
  const { file } = reception;
  try {
    const inspected = await inspectFile(file, material, upload.sha256);
    return await attempt(context, by, what, async (trx) => {
      if (!inspected.ok) return inspected;
      // The window was open when the request arrived; state and owner are looked at again, since receiving takes time.
      const attaching = await mayAttach(trx, context, by, applicationId);
      if (!attaching.ok) return attaching;
      const room = await makeRoom(trx, by, upload, material);
      if (!room.ok) return room;
      await file.keep();
      const id = await insertAttachment(trx, rowOf(by, upload, material, file, inspected.value));
      await touchApplication(trx, applicationId, by.at);
      await context.log(trx, {
        ...eventBy(by, what, ATTACH.role),
        outcome: 'done',
        detail: { material: key, attachment: id, sha256: file.sha256, bytes: file.bytes, replaced: room.value },
      });
      return ok(await getAttachment(trx, id));
    });
  } finally {
    await file.discard();
  }
}

/** Takes the present file out of force where only one is asked for. Answers the ids that no longer count. */
async function makeRoom(
  trx: Trx,
  by: By,
  { applicationId, row }: Upload,
  material: MaterialDefinition,
): Promise<Result<string[]>> {
  const present = (await attachmentsOf(trx, applicationId)).filter(
    (attachment) => attachment.material === material.key && attachment.row === row,
  );
  if (material.max === 1) {
    for (const { id } of present) await removeAttachment(trx, id, by.at);
    return ok(present.map(({ id }) => id));
  }
  if (present.length < material.max) return ok([]);
  return refused(422, {
    code: 'too_many_files',
    message: `“${material.title}”最多上传${material.max}份，已有${present.length}份。`,
    where: `materials.${material.key}`,
    remedy: '请先删除不需要的，再上传。',
  });
}

const rowOf = (by: By, upload: Upload, material: MaterialDefinition, file: ReceivedFile, inspected: Inspected) => ({
  applicationId: upload.applicationId,
  material: material.key,
  rowId: upload.row ?? null,
  fileName: cleanFileName(upload.name, `${material.title}.${inspected.type.key}`),
  mediaType: inspected.type.mediaType,
  bytes: file.bytes,
  pages: inspected.pages ?? null,
  sha256: file.sha256,
  inspection: { notes: inspected.notes },
  storedBy: by.actor.personId,
  storedAt: by.at,
});

const megabytes = (bytes: number): string => `${+(bytes / 1024 / 1024).toFixed(1)} MB`;

const tooLarge = ({ key, title, maxBytes }: MaterialDefinition): Refused =>
  refused(413, {
    code: 'too_large',
    message: `“${title}”不能超过 ${megabytes(maxBytes)}。`,
    where: `materials.${key}`,
    remedy: '请压缩图片或者降低扫描分辨率（200 dpi 足够）后再上传。',
  });

const cutShort = ({ key }: MaterialDefinition): Refused =>
  refused(400, {
    code: 'cut_short',
    message: '上传中断，文件没有收全，没有保存。',
    where: `materials.${key}`,
    remedy: '请检查网络后重新上传。',
  });
