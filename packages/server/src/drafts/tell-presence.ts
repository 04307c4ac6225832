import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { openDraft } from './open-draft.ts';
import { deletePresence, type Presence, presentSince, putPresence } from './store.ts';

/** A window tells of itself every 30 s; one that missed two of them is gone. */
export const PRESENT_MS = 75_000;

/**
 * One window says in which section it is, or with none that it leaves, and learns of the others, other windows of the same person
 * included. Kept in the database, so that it is the same whichever process answers.
 */
export async function tellPresence(
  context: Context,
  by: By,
  { id: applicationId, windowId, section }: { id: string; windowId: string; section?: string },
): Promise<Result<{ items: Presence[] }>> {
  const opened = await openDraft(context, by, applicationId);
  if (!opened.ok) return opened;
  const { personId } = by.actor;
  const since = new Date(by.at.getTime() - PRESENT_MS);
  if (section === undefined) await deletePresence(context.db, { applicationId, windowId, personId }, since);
  else {
    await deletePresence(context.db, { applicationId, personId }, since);
    await putPresence(context.db, { applicationId, personId, windowId, section, seenAt: by.at });
  }
  return ok({ items: await presentSince(context.db, { applicationId, windowId }, since) });
}
