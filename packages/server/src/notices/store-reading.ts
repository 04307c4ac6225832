import type { NoticeKind, NoticeMode } from '@keshen/rules';
import type { Db, Trx } from '../platform/db/schema.ts';
import { containing } from '../platform/http/paging.ts';
import type { Channel } from '../platform/messaging/index.ts';
import { keysOf, ownerOf } from '../platform/secrets/index.ts';
import type { QuietHours } from './hours.ts';

export type NoticeFilter = { q?: string; kind?: NoticeKind; unread: boolean; offset: number; limit: number };

const shownTo = (db: Db, personId: string) =>
  db.selectFrom('notice').where('personId', '=', personId).where('shown', '=', true);

/** One page of what a person was told, the latest first, and the count of all that fit. */
export async function listNotices(db: Db, personId: string, { q, kind, unread, offset, limit }: NoticeFilter) {
  let found = shownTo(db, personId);
  if (kind) found = found.where('kind', '=', kind);
  if (unread) found = found.where('readAt', 'is', null);
  if (q) {
    const pattern = containing(q);
    found = found.where((where) =>
      where.or([
        where('title', 'ilike', pattern),
        where('toDo', 'ilike', pattern),
        where(where.cast<string>('facts', 'text'), 'ilike', pattern),
      ]),
    );
  }
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const items = await found
    .select(['id', 'kind', 'title', 'facts', 'toDo', 'link', 'rehearsal', 'madeAt', 'readAt'])
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { items, total };
}

export async function countUnread(db: Db, personId: string): Promise<number> {
  const { count } = await shownTo(db, personId)
    .where('readAt', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Reads one, or all of a kind, or all; answers how many were new. */
export async function markRead(
  db: Db,
  personId: string,
  of: { id?: string; kind?: NoticeKind },
  readAt: Date,
): Promise<number> {
  let unread = db
    .updateTable('notice')
    .set({ readAt })
    .where('personId', '=', personId)
    .where('readAt', 'is', null)
    .where('madeAt', '<=', readAt);
  if (of.id) unread = unread.where('id', '=', of.id);
  if (of.kind) unread = unread.where('kind', '=', of.kind);
  const { numUpdatedRows } = await unread.executeTakeFirst();
  return Number(numUpdatedRows);
}

export const hasNotice = async (db: Db, personId: string, id: string): Promise<boolean> =>
  (await shownTo(db, personId).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

export async function savePreference(
  db: Db,
  preference: { personId: string; kind: NoticeKind; channel: 'system' | Channel; mode: NoticeMode },
): Promise<void> {
  await db
    .insertInto('noticePreference')
    .values(preference)
    .onConflict((conflict) => conflict.columns(['personId', 'kind', 'channel']).doUpdateSet({ mode: preference.mode }))
    .execute();
}

export async function saveQuietHours(db: Db, personId: string, hours: QuietHours): Promise<void> {
  await db
    .insertInto('noticeQuiet')
    .values({ personId, ...hours })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(hours))
    .execute();
}

/** The addresses of a person, in clear. */
export async function addressesOf(db: Db, personId: string) {
  const rows = await db.selectFrom('noticeAddress').selectAll().where('personId', '=', personId).execute();
  const keys = await keysOf(db);
  return rows.map((row) => ({ ...row, address: keys.open(ownerOf.person(personId), row.address) }));
}

/** Takes the place of the address before; what was on its way to confirm that one is void. */
export async function replaceAddress(
  trx: Trx,
  { personId, channel, address, givenAt }: { personId: string; channel: Channel; address: string; givenAt: Date },
): Promise<string> {
  await deleteAddress(trx, personId, channel);
  const sealed = (await keysOf(trx)).seal(ownerOf.person(personId), address);
  const { id } = await trx
    .insertInto('noticeAddress')
    .values({ personId, channel, address: sealed, givenAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('noticeMessage')
    .values({
      personId,
      channel,
      purpose: 'confirm',
      addressId: id,
      state: 'queued',
      madeAt: givenAt,
      notBefore: givenAt,
    })
    .execute();
  return id;
}

export async function deleteAddress(trx: Trx, personId: string, channel: Channel): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('noticeAddress')
    .where('personId', '=', personId)
    .where('channel', '=', channel)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export const lockAddress = (trx: Trx, id: string) =>
  trx
    .selectFrom('noticeAddress')
    .select(['id', 'personId', 'channel', 'givenAt', 'confirmedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const confirmAddress = (trx: Trx, id: string, confirmedAt: Date) =>
  trx.updateTable('noticeAddress').set({ confirmedAt, problem: null }).where('id', '=', id).execute();
