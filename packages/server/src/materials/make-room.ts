import type { MaterialDefinition } from '@keshen/rules';
import { attachmentsOf, type By } from '../applications/index.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { removeAttachment } from './store.ts';

/** Takes the present file out of force where only one is asked for. Answers the ids that no longer count. */
export async function makeRoom(
  trx: Trx,
  by: By,
  { applicationId, row }: { applicationId: string; row?: string },
  material: MaterialDefinition,
): Promise<Result<string[]>> {
  const present = (await attachmentsOf(trx, applicationId)).filter(
    (attachment) => attachment.material === material.key && attachment.row === row,
  );
  if (material.max === 1) {
    for (const { id } of present) await removeAttachment(trx, id, { at: by.at, by: by.actor.personId });
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
