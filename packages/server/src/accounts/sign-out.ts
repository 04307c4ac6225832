import type { Context } from '../platform/context.ts';
import { type Actor, hashToken } from '../platform/http/actor.ts';
import { deleteSession } from './store.ts';

/** Ends the session of this token; signing out twice is no error. */
export async function signOut(
  { db, log }: Context,
  token: string,
  actor: Actor | undefined,
  at: Date,
  request: { address: string; requestId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await deleteSession(trx, hashToken(token));
    if (!actor) return;
    await log(trx, {
      at,
      actor,
      action: 'signOut',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      request,
    });
  });
}
