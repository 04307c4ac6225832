import { NOTICE_KINDS, type NoticeKind } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import type { Fact } from './words.ts';
import * as store from './store-reading.ts';

export type NoticeView = {
  id: string;
  kind: NoticeKind;
  kindLabel: string;
  title: string;
  facts: Fact[];
  toDo: string;
  link: string;
  rehearsal: boolean;
  madeAt: string;
  readAt?: string;
};
type Reader = { personId: string };

/** What a person was told, with how much of all of it is unread. */
export async function readNotices(
  { db }: Pick<Context, 'db'>,
  { personId }: Reader,
  filter: store.NoticeFilter,
): Promise<{ items: NoticeView[]; total: number; unread: number }> {
  const { items, total } = await store.listNotices(db, personId, filter);
  return {
    total,
    unread: await store.countUnread(db, personId),
    items: items.map(({ readAt, madeAt, ...item }) => ({
      ...item,
      kindLabel: NOTICE_KINDS[item.kind].label,
      madeAt: madeAt.toISOString(),
      ...(readAt && { readAt: readAt.toISOString() }),
    })),
  };
}

export const unreadOf = async ({ db }: Pick<Context, 'db'>, { personId }: Reader): Promise<{ unread: number }> => ({
  unread: await store.countUnread(db, personId),
});

/** Marks one as read; a second time changes nothing. Another's notice is answered like one that does not exist. */
export async function readOne(
  { db }: Pick<Context, 'db'>,
  { personId }: Reader,
  id: string,
  at: Date,
): Promise<Result<{ unread: number }>> {
  if (!(await store.hasNotice(db, personId, id))) {
    return refused(404, { code: 'not_found', message: '没有这条通知，或者它不是给您的。', remedy: '请刷新页面。' });
  }
  await store.markRead(db, personId, { id }, at);
  return ok(await unreadOf({ db }, { personId }));
}

/** Marks as read whatever was there when the request arrived, of a kind or all. */
export async function readAll(
  { db }: Pick<Context, 'db'>,
  { personId }: Reader,
  of: { kind?: NoticeKind },
  at: Date,
): Promise<{ read: number; unread: number }> {
  const read = await store.markRead(db, personId, of, at);
  return { read, ...(await unreadOf({ db }, { personId })) };
}
