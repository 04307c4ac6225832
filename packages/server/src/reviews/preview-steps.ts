import type { Action } from '@keshen/rules';
import { type By, findApplication, mayRead, noSuchApplication, takeStepIn } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Refusal, type Result } from '../platform/http/result.ts';
import { boundWaiting, isLockTrouble } from './store.ts';

export type StepsAsked = { action: Action; ids: readonly string[]; reason?: string; clauses?: readonly string[] };
export type Previewed = { id: string; number: string; title: string; refusal?: Refusal };

class Rehearsed extends Error {
  readonly items: Previewed[];
  constructor(items: Previewed[]) {
    super('rolled back after the rehearsal');
    this.items = items;
  }
}

/**
 * What would come of a step on many applications, one after the other in this order: each is really taken and then all is rolled back,
 * so that places which run out under way are told as well. Nothing remains, not even in the log.
 */
export async function previewSteps(
  context: Context,
  by: By,
  asked: StepsAsked,
): Promise<Result<{ items: Previewed[] }>> {
  try {
    return await transact(context.db, async (trx) => {
      await boundWaiting(trx);
      const items: Previewed[] = [];
      for (const id of asked.ids) items.push(await previewOne(trx, context, by, asked, id));
      throw new Rehearsed(items);
    });
  } catch (error) {
    if (error instanceof Rehearsed) return ok({ items: error.items });
    if (!isLockTrouble(error)) throw error;
    return refused(409, {
      code: 'busy',
      message: '有人正在办理所选申报中的一份，暂时看不出结果。',
      remedy: '请过几秒再试。',
    });
  }
}

async function previewOne(trx: Trx, context: Context, by: By, asked: StepsAsked, id: string): Promise<Previewed> {
  const { ids: _ids, ...request } = asked;
  const row = await findApplication(trx, id);
  if (!row || !mayRead(by.actor, row)) {
    return { id, number: '', title: '', refusal: noSuchApplication().refusal };
  }
  const { number, title } = row;
  const taken = await takeStepIn(trx, context, by, { ...request, applicationId: id });
  return { id, number, title, ...(!taken.ok && { refusal: taken.refusal }) };
}
