import { attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { ATTACH, mayAttach } from './may-attach.ts';
import { noSuchFile } from './read-file.ts';
import { findStored, removeAttachment, touchApplication } from './store.ts';

/** Takes an attachment out of force. The row and the file stay, since an earlier snapshot may name them. */
export async function removeFile(context: Context, by: By, id: string): Promise<Result<undefined>> {
  const stored = await findStored(context.db, id);
  if (!stored || stored.removedAt) return noSuchFile();
  const what = { action: ATTACH.action, applicationId: stored.applicationId };
  return attempt(context, by, what, async (trx) => {
    const attaching = await mayAttach(trx, context, by, stored.applicationId);
    if (!attaching.ok) return attaching;
    await removeAttachment(trx, id, { at: by.at, by: by.actor.personId });
    await touchApplication(trx, stored.applicationId, by.at);
    await context.log(trx, {
      ...eventBy(by, what, ATTACH.role),
      outcome: 'done',
      detail: { material: stored.material, removed: id, sha256: stored.sha256 },
    });
    return ok(undefined);
  });
}
