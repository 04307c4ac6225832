import { attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { isAtDesk, noSuchPaper } from './scope.ts';
import { findDelivery, lockSubject, markVoided } from './store.ts';

/** A registration that was wrong no longer counts; it stays, with the reason. */
export const voidDelivery = (
  context: Context,
  by: By,
  { id, reason }: { id: string; reason: string },
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'voidPaper', subject: { kind: 'paperDelivery', id } }, async (trx) => {
    const delivery = await findDelivery(trx, id);
    if (!delivery || !isAtDesk(by, delivery)) return noSuchPaper();
    const of = delivery.applicationId ?? delivery.listId ?? '';
    await lockSubject(trx, { kind: delivery.applicationId ? 'application' : 'list', id: of });
    if (reason.trim() === '') {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写撤销登记的原因。',
        where: 'reason',
        remedy: '请写明哪里登记错了，会记入日志。',
      });
    }
    if (!(await markVoided(trx, { id, by: by.actor.personId, at: by.at, reason: reason.trim() }))) {
      return refused(409, { code: 'already_voided', message: '这条登记已经撤销过。', remedy: '请刷新页面。' });
    }
    await context.log(trx, {
      ...eventBy(
        by,
        {
          action: 'voidPaper',
          ...(delivery.applicationId ? { applicationId: of } : { subject: { kind: 'recommendationList', id: of } }),
        },
        'serviceCentre',
      ),
      outcome: 'done',
      detail: { delivery: id, reason: reason.trim() },
    });
    return ok(undefined);
  });
