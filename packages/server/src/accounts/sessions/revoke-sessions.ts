import type { AccountsContext, Visit } from '../accounts-context.ts';
import { deleteSessionsOf } from '../store.ts';
import type { Actor } from '../../platform/db/actors.ts';
import { transact } from '../../platform/db/transact.ts';
import { hashToken } from '../../platform/http/actor.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { deleteOwnSession } from './store.ts';

/** Ends one session of the person, the present one included, or (`others`) all but the present one. */
export function revokeSessions(
  { db, log }: AccountsContext,
  actor: Actor,
  which: { id: string } | { others: true; token: string },
  visit: Visit,
): Promise<Result<undefined>> {
  return transact(db, async (trx) => {
    if ('others' in which) await deleteSessionsOf(trx, actor.personId, hashToken(which.token));
    else if (!(await deleteOwnSession(trx, actor.personId, which.id))) {
      return refused(404, { code: 'not_found', message: '没有这个登录，可能已经退出。', remedy: '请刷新列表。' });
    }
    await log(trx, {
      at: visit.at,
      actor,
      action: 'revokeSession',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: actor.personId,
      detail: 'others' in which ? { others: true } : { session: which.id },
      request: visit,
    });
    return ok(undefined);
  });
}
