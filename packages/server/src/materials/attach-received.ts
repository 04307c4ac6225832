import type { MaterialDefinition } from '@keshen/rules';
import { type Attachment, attempt, type By, eventBy, getAttachment } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import type { ReceivedFile } from '../platform/files/index.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { notYetInspected } from '../platform/inspection/index.ts';
import { cleanFileName } from './file-name.ts';
import { glance, type Inspected, inspectFile } from './inspect-file.ts';
import { makeRoom } from './make-room.ts';
import { ATTACH, mayAttachAt } from './may-attach.ts';
import { insertAttachment, touchApplication } from './store.ts';

/** Where a file belongs: `row` where the material is asked per row of a table, `sha256` if the sender computed it. */
export type Place = { applicationId: string; material: string; row?: string; name: string; sha256?: string };

export type Received = {
  place: Place;
  material: MaterialDefinition;
  file: ReceivedFile;
  /** What else is noted in the same transaction as the new attachment. */
  note?: (trx: Trx, attachmentId: string) => Promise<void>;
};

/** A larger file is only glanced at before its receipt; its inspection follows within seconds, and nothing is submitted before. */
const INSPECTED_AT_ONCE = 2 * 1024 * 1024;

/**
 * The one way by which a file becomes an attachment, however it came: looked at, its bytes read back and their hash confirmed, and only
 * then kept and said so. Where one file is asked for, a new one replaces it; the old one is kept but no longer counts.
 */
export async function attachReceived(
  context: Context,
  by: By,
  { place, material, file, note }: Received,
): Promise<Result<Attachment>> {
  const { applicationId } = place;
  const what = { action: ATTACH.action, applicationId };
  try {
    const inspected = await lookAt(context, file, material, place.sha256);
    if (inspected.ok) await file.confirm();
    return await attempt(context, by, what, async (trx) => {
      if (!inspected.ok) return inspected;
      // The window was open when the request arrived; state, owner and row are looked at again, since receiving takes time.
      const allowed = await mayAttachAt(trx, context, by, place);
      if (!allowed.ok) return allowed;
      const room = await makeRoom(trx, by, place, material);
      if (!room.ok) return room;
      await file.keep();
      const { type, inspection, pages } = inspected.value;
      const id = await insertAttachment(trx, {
        applicationId,
        material: material.key,
        rowId: place.row ?? null,
        fileName: cleanFileName(place.name, `${material.title}.${type.key}`),
        mediaType: type.mediaType,
        bytes: file.bytes,
        pages: pages ?? null,
        sha256: file.sha256,
        inspection,
        storedBy: by.actor.personId,
        storedAt: by.at,
      });
      await note?.(trx, id);
      await touchApplication(trx, applicationId, by.at);
      await context.log(trx, {
        ...eventBy(by, what, ATTACH.role),
        outcome: 'done',
        detail: {
          material: material.key,
          attachment: id,
          sha256: file.sha256,
          bytes: file.bytes,
          replaced: room.value,
        },
      });
      return ok(await getAttachment(trx, id));
    });
  } finally {
    await file.discard();
  }
}

async function lookAt(
  { config }: Context,
  file: ReceivedFile,
  material: MaterialDefinition,
  announced: string | undefined,
): Promise<Result<Inspected>> {
  if (file.bytes <= INSPECTED_AT_ONCE) return inspectFile(file, material, announced, config.clamd);
  const type = await glance(file, material, announced);
  return type.ok ? ok({ type: type.value, inspection: notYetInspected(config.clamd) }) : type;
}
