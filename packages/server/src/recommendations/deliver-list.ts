import { attempt, type By, eventBy, queueForDepartment, takeStepIn } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { noSuchList, stillWorkable } from './open-list.ts';
import { findList, getList, lockList, type ListRow, markDelivered } from './store.ts';

/**
 * Delivers the current list with all that stands on it, or nothing: each application takes its step with the checks of the lifecycle
 * table, in one transaction. Delivering the delivered list again answers as the first time.
 */
export const deliverList = (context: Context, by: By, id: string): Promise<Result<ListRow>> =>
  attempt(context, by, { action: 'deliver', subject: { kind: 'recommendationList', id } }, async (trx) => {
    const found = await findList(trx, id);
    if (!found) return noSuchList();
    await queueForDepartment(trx, found);
    const locked = await lockList(trx, id);
    const list = stillWorkable(by, locked);
    if (!list.ok) return locked?.deliveredAt && list.refusal.code === 'already_delivered' ? ok(locked) : list;

    for (const { applicationId } of list.value.content.entries) {
      const delivered = await takeStepIn(trx, context, by, { applicationId, action: 'deliver' });
      if (!delivered.ok) return delivered;
    }
    await markDelivered(trx, id, by.at);
    await context.log(trx, {
      ...eventBy(by, { action: 'deliver', subject: { kind: 'recommendationList', id } }, 'recommendingDepartment'),
      outcome: 'done',
      detail: { code: list.value.code, entries: list.value.content.entries.length },
    });
    return ok(await getList(trx, id));
  });
