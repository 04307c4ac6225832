import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { deleteView, putView, viewsOf } from './store.ts';

export type SavedView = { id: string; name: string; filters: Record<string, string> };

/** A person keeps this many for one list. */
const MOST = 30;

export const readViews = async ({ db }: Context, { actor }: By, queue: string): Promise<{ items: SavedView[] }> => ({
  items: await viewsOf(db, actor.personId, queue),
});

/** Keeps a choice of filters under a name; the same name again replaces it. */
export const saveView = (
  { db }: Context,
  { actor, at }: By,
  { queue, name, filters }: { queue: string; name: string; filters: Record<string, string> },
): Promise<Result<{ items: SavedView[] }>> =>
  transact(db, async (trx) => {
    if (name.trim() === '') {
      return refused(422, {
        code: 'name_missing',
        message: '没有写名称。',
        where: 'name',
        remedy: '请给这个视图起个名。',
      });
    }
    const before = await viewsOf(trx, actor.personId, queue);
    if (before.length >= MOST && !before.some((view) => view.name === name.trim())) {
      return refused(409, {
        code: 'too_many_views',
        message: `最多保存${MOST}个视图。`,
        remedy: '请先删去不用的。',
      });
    }
    await putView(trx, { personId: actor.personId, queue, name: name.trim(), filters, savedAt: at });
    return ok({ items: await viewsOf(trx, actor.personId, queue) });
  });

export const endView = async ({ db }: Context, { actor }: By, id: string): Promise<undefined> => {
  await db.transaction().execute((trx) => deleteView(trx, actor.personId, id));
  return undefined;
};
