import type { SectionValue } from '@keshen/rules';
import type { Db, Trx } from '../platform/db/schema.ts';

export type NewAttachment = {
  applicationId: string;
  material: string;
  rowId: string | null;
  fileName: string;
  mediaType: string;
  bytes: number;
  pages: number | null;
  sha256: string;
  inspection: { notes: string[] };
  storedBy: string;
  storedAt: Date;
};

/** Records a file that lies in the store, and the attachment that names it. Answers the attachment's id. */
export async function insertAttachment(trx: Trx, { inspection, ...attachment }: NewAttachment): Promise<string> {
  const { sha256, bytes, storedAt } = attachment;
  await trx
    .insertInto('storedFile')
    .values({ sha256, bytes, storedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await trx
    .insertInto('attachment')
    .values({ ...attachment, inspection: JSON.stringify(inspection) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What an attachment belongs to and how it is served; also of one that was replaced since. */
export const findStored = (db: Db, id: string) =>
  db
    .selectFrom('attachment')
    .select(['id', 'applicationId', 'material', 'rowId', 'fileName', 'mediaType', 'bytes', 'sha256', 'removedAt'])
    .where('id', '=', id)
    .executeTakeFirst();

/** Taken out of force; the row and the file stay. */
export const removeAttachment = (trx: Trx, id: string, removedAt: Date) =>
  trx.updateTable('attachment').set({ removedAt }).where('id', '=', id).where('removedAt', 'is', null).execute();

export const setFacts = (trx: Trx, id: string, facts: SectionValue) =>
  trx
    .updateTable('attachment')
    .set({ facts: JSON.stringify(facts) })
    .where('id', '=', id)
    .execute();

export const touchApplication = (trx: Trx, id: string, updatedAt: Date) =>
  trx.updateTable('application').set({ updatedAt }).where('id', '=', id).execute();
