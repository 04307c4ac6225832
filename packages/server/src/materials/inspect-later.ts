import { loadRound } from '../calls/index.ts';
import { findApplication, lockApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { inspectApart, type Inspected, isUnsettled } from '../platform/inspection/index.ts';
import { ATTACH } from './may-attach.ts';
import {
  findStored,
  removeAttachment,
  setInspection,
  type StoredAttachment,
  touchApplication,
  unsettledAttachments,
} from './store.ts';

/**
 * Inspects the attachments that were stored before they were looked into, and scans those that antivirus did not answer for. Answers
 * how many are still to be settled. Several processes may do it at once; the same is found twice then, and noted once.
 */
export async function inspectPending(context: Context, now: Date): Promise<number> {
  const pending = await unsettledAttachments(context.db);
  let left = 0;
  for (const attachment of pending) {
    const inspected = await look(context, attachment, now);
    if (!inspected) continue;
    await note(context, attachment, inspected, now);
    if (inspected.usable && isUnsettled(inspected.inspection)) left += 1;
  }
  return left;
}

/** Undefined when the call no longer knows the material. */
async function look(context: Context, attachment: StoredAttachment, now: Date): Promise<Inspected | undefined> {
  const { db, files, config } = context;
  const row = await findApplication(db, attachment.applicationId);
  const round = row && (await loadRound(context, row.roundId));
  const material = round?.linkedAt(now).materials.find(({ key }) => key === attachment.material);
  if (!material) return undefined;
  const type = { key: extensionOf(attachment.mediaType), name: '', mediaType: attachment.mediaType };
  return files.borrow(attachment.sha256, (path) =>
    inspectApart(path, { type, colour: material.colour ?? false }, config.clamd),
  );
}

const extensionOf = (mediaType: string): string => (mediaType === 'application/pdf' ? 'pdf' : '');

/** What is not usable no longer counts from here on; the applicant sees why beside the place where it was. */
async function note(
  context: Context,
  { id, applicationId }: StoredAttachment,
  inspected: Inspected,
  at: Date,
): Promise<void> {
  await context.db.transaction().execute(async (trx) => {
    await lockApplication(trx, applicationId);
    const present = await findStored(trx, id);
    if (!present || present.removedAt || !isUnsettled(present.inspection)) return;
    if (inspected.usable) {
      await setInspection(trx, id, inspected);
      return;
    }
    const notes = [`${inspected.reason}，不能用。${inspected.remedy}`];
    await setInspection(trx, id, { inspection: { state: 'failed', notes, virus: inspected.virus } });
    await removeAttachment(trx, id, { at, by: null });
    await touchApplication(trx, applicationId, at);
    await context.log(trx, {
      at,
      action: ATTACH.action,
      outcome: 'refused',
      subjectKind: 'application',
      subjectId: applicationId,
      applicationId,
      detail: { code: inspected.code, message: `附件“${present.fileName}”${inspected.reason}`, attachment: id },
    });
  });
}
