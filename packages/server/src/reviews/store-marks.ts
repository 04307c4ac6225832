import type { Db, Trx } from '../platform/db/schema.ts';

export type MarkStep = 'organisation' | 'department';
export type MarkRow = {
  id: string;
  step: MarkStep;
  path: string;
  remark: string;
  revision: number | null;
  markedAt: Date;
  sentAt: Date | null;
  markedByName: string;
};

export const marksOf = (db: Db, applicationId: string): Promise<MarkRow[]> =>
  db
    .selectFrom('fieldMark')
    .innerJoin('person', 'person.id', 'fieldMark.markedBy')
    .select(['fieldMark.id', 'step', 'path', 'remark', 'revision', 'markedAt', 'sentAt', 'person.name as markedByName'])
    .where('applicationId', '=', applicationId)
    .orderBy('markedAt')
    .execute();

export type NewMark = {
  applicationId: string;
  step: MarkStep;
  path: string;
  remark: string;
  revision: number | null;
  markedBy: string;
  markedAt: Date;
};

/** One mark a place until it is sent; a second one replaces the first. */
export async function putMark(trx: Trx, mark: NewMark): Promise<void> {
  await endMark(trx, mark);
  await trx.insertInto('fieldMark').values(mark).execute();
}

export const endMark = (
  trx: Trx,
  { applicationId, step, path }: { applicationId: string; step: MarkStep; path: string },
) =>
  trx
    .deleteFrom('fieldMark')
    .where('applicationId', '=', applicationId)
    .where('step', '=', step)
    .where('path', '=', path)
    .where('sentAt', 'is', null)
    .execute();

/** Whether something was attached to, or taken from, a material since. */
export async function materialTouched(db: Db, applicationId: string, material: string, since: Date): Promise<boolean> {
  const touched = await db
    .selectFrom('attachment')
    .select('id')
    .where('applicationId', '=', applicationId)
    .where('material', '=', material)
    .where((where) => where.or([where('storedAt', '>', since), where('removedAt', '>', since)]))
    .limit(1)
    .executeTakeFirst();
  return touched !== undefined;
}
