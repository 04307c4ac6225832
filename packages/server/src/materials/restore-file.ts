import { type Attachment, attempt, type By, eventBy, getAttachment } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { makeRoom } from './make-room.ts';
import { ATTACH, mayAttachAt } from './may-attach.ts';
import { noSuchFile } from './read-file.ts';
import { findStored, insertAttachment, touchApplication } from './store.ts';

/** Brings back a file that was replaced or deleted, with what was said about it, as a new attachment; what is there now gives way. */
export async function restoreFile(context: Context, by: By, id: string): Promise<Result<Attachment>> {
  const old = await findStored(context.db, id);
  if (!old) return noSuchFile();
  const { applicationId, material: key, rowId } = old;
  const what = { action: ATTACH.action, applicationId };
  return attempt(context, by, what, async (trx) => {
    const place = { applicationId, material: key, ...(rowId !== null && { row: rowId }) };
    const material = await mayAttachAt(trx, context, by, place);
    if (!material.ok) return material;
    const present = await findStored(trx, id);
    if (!present?.removedAt) {
      return refused(409, { code: 'in_force', message: '这个附件现在就有效，不用恢复。', remedy: '请刷新页面。' });
    }
    if (present.inspection.state === 'failed') {
      const message = `这个附件没有通过检查，不能恢复：${present.inspection.notes.join('；')}`;
      return refused(422, { code: 'failed_inspection', message, remedy: '请重新上传。' });
    }
    const room = await makeRoom(trx, by, place, material.value);
    if (!room.ok) return room;
    const { id: restores, removedAt: _gone, ...kept } = present;
    const { personId } = by.actor;
    const restored = await insertAttachment(trx, { ...kept, restores, storedBy: personId, storedAt: by.at });
    await touchApplication(trx, applicationId, by.at);
    await context.log(trx, {
      ...eventBy(by, what, ATTACH.role),
      outcome: 'done',
      detail: { material: key, attachment: restored, restores, sha256: present.sha256, replaced: room.value },
    });
    return ok(await getAttachment(trx, restored));
  });
}
