import type { Readable } from 'node:stream';
import type { MaterialDefinition } from '@keshen/rules';
import { type Attachment, attempt, type By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { refused, type Refused, type Result } from '../platform/http/result.ts';
import { attachReceived, type Place } from './attach-received.ts';
import { ATTACH, mayAttachAt } from './may-attach.ts';

/** A file on its way in by one request. */
export type Upload = Place & { content: Readable };

/** Receives a file and attaches it; the answer is the receipt. */
export async function attachFile(context: Context, by: By, { content, ...place }: Upload): Promise<Result<Attachment>> {
  const { applicationId } = place;
  const what = { action: ATTACH.action, applicationId };
  const allowed = await attempt(context, by, what, (trx) => mayAttachAt(trx, context, by, place));
  if (!allowed.ok) return allowed;
  const material = allowed.value;
  const reception = await context.files.receive(content, material.maxBytes);
  if (reception.ok) return attachReceived(context, by, { place, material, file: reception.file });
  return attempt(context, by, what, async () =>
    reception.reason === 'too_large' ? tooLarge(material) : cutShort(material),
  );
}

const megabytes = (bytes: number): string => `${+(bytes / 1024 / 1024).toFixed(1)} MB`;

export const tooLarge = ({ key, title, maxBytes }: MaterialDefinition): Refused =>
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
