import { attempt, type By } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { tooLarge } from '../attach-file.ts';
import type { Place } from '../attach-received.ts';
import { ATTACH, mayAttachAt } from '../may-attach.ts';
import { insertUpload, unfinishedUploads } from './store-uploads.ts';

/** `bytes`: how many will come. */
export type Announced = Place & { id: string; bytes: number };

/** How long an upload may be continued. */
const LIVES_MS = 48 * 3600_000;
/** Of one person in one application; more are a mistake of a program, and take room on the disk. */
const MOST_UNFINISHED = 40;

/** Begins an upload that may come in pieces. What can be refused at once is: rights, window, place and size. */
export async function createUpload(context: Context, by: By, announced: Announced): Promise<Result<undefined>> {
  const { applicationId, bytes } = announced;
  const what = { action: ATTACH.action, applicationId };
  return attempt(context, by, what, async (trx) => {
    const material = await mayAttachAt(trx, context, by, announced);
    if (!material.ok) return material;
    if (bytes > material.value.maxBytes) return tooLarge(material.value);
    const createdBy = by.actor.personId;
    const unfinished = await unfinishedUploads(trx, { applicationId, createdBy, at: by.at });
    if (unfinished.length >= MOST_UNFINISHED) {
      return refused(429, {
        code: 'too_many_uploads',
        message: `还有${unfinished.length}个文件没有传完，不能再开始新的。`,
        where: `materials.${material.value.key}`,
        remedy: '请先传完或放弃前面的。',
      });
    }
    await insertUpload(trx, {
      id: announced.id,
      applicationId,
      material: announced.material,
      rowId: announced.row ?? null,
      fileName: announced.name,
      bytes,
      sha256: announced.sha256 ?? null,
      createdBy,
      createdAt: by.at,
      expiresAt: new Date(by.at.getTime() + LIVES_MS),
    });
    return ok(undefined);
  });
}
