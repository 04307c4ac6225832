import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/schema.ts';

export type ReceiptEvent = Pick<
  Selectable<Database['event']>,
  'id' | 'at' | 'action' | 'subjectKind' | 'subjectId' | 'hash' | 'detail'
>;

/** The last thing done to an application under one of these actions, in its own chain. */
export const lastDone = (
  db: Db,
  applicationId: string,
  actions: readonly string[],
): Promise<ReceiptEvent | undefined> =>
  db
    .selectFrom('event')
    .select(['id', 'at', 'action', 'subjectKind', 'subjectId', 'hash', 'detail'])
    .where('subjectKind', '=', 'application')
    .where('subjectId', '=', applicationId)
    .where('outcome', '=', 'done')
    .where('action', 'in', [...actions])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

/** The place in its chain, from 1. */
export async function positionOf(db: Db, event: ReceiptEvent): Promise<number> {
  const { count } = await db
    .selectFrom('event')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('subjectKind', '=', event.subjectKind)
    .where('subjectId', '=', event.subjectId)
    .where('id', '<=', event.id)
    .executeTakeFirstOrThrow();
  return count;
}

/** The first events of a chain. */
export const chainUpTo = (db: Db, subject: { kind: string; id: string }, position: number) =>
  db
    .selectFrom('event')
    .selectAll()
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .orderBy('id')
    .limit(position)
    .execute();
