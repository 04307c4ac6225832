import type { SectionValue } from '@keshen/rules';
import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import type { Inspection } from '../platform/inspection/index.ts';

export type NewAttachment = {
  applicationId: string;
  material: string;
  rowId: string | null;
  fileName: string;
  mediaType: string;
  bytes: number;
  pages: number | null;
  sha256: string;
  facts?: JsonObject;
  inspection: Inspection;
  storedBy: string;
  storedAt: Date;
  /** The removed attachment that this one brings back. */
  restores?: string;
};

type JsonObject = Record<string, unknown>;

/** Records a file that lies in the store, and the attachment that names it. Answers the attachment's id. */
export async function insertAttachment(
  trx: Trx,
  { inspection, facts = {}, ...attachment }: NewAttachment,
): Promise<string> {
  const { sha256, bytes, storedAt } = attachment;
  await trx
    .insertInto('storedFile')
    .values({ sha256, bytes, storedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await trx
    .insertInto('attachment')
    .values({ ...attachment, facts: JSON.stringify(facts), inspection: JSON.stringify(inspection) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** An attachment with all that is known of it, also when it was replaced since. */
export type StoredAttachment = {
  id: string;
  applicationId: string;
  material: string;
  rowId: string | null;
  fileName: string;
  mediaType: string;
  bytes: number;
  pages: number | null;
  sha256: string;
  facts: JsonObject;
  inspection: Inspection;
  storedBy: string;
  storedAt: Date;
  removedAt: Date | null;
};

const stored = (db: Db) =>
  db
    .selectFrom('attachment')
    .select([
      'id',
      'applicationId',
      'material',
      'rowId',
      'fileName',
      'mediaType',
      'bytes',
      'pages',
      'sha256',
      'facts',
      'inspection',
      'storedBy',
      'storedAt',
      'removedAt',
    ])
    .$castTo<StoredAttachment>();

export const findStored = (db: Db, id: string): Promise<StoredAttachment | undefined> =>
  stored(db).where('id', '=', id).executeTakeFirst();

/** Taken out of force, by whom (nobody: by the system); the row and the file stay. */
export const removeAttachment = (trx: Trx, id: string, removed: { at: Date; by: string | null }) =>
  trx
    .updateTable('attachment')
    .set({ removedAt: removed.at, removedBy: removed.by })
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .execute();

export const setFacts = (trx: Trx, id: string, facts: SectionValue) =>
  trx
    .updateTable('attachment')
    .set({ facts: JSON.stringify(facts) })
    .where('id', '=', id)
    .execute();

export const touchApplication = (trx: Trx, id: string, updatedAt: Date) =>
  trx.updateTable('application').set({ updatedAt }).where('id', '=', id).execute();

/** Files in force whose inspection is not finished, the oldest first. */
export const unsettledAttachments = (db: Db): Promise<StoredAttachment[]> =>
  stored(db)
    .where('removedAt', 'is', null)
    .where(sql<boolean>`inspection ->> 'state' in ('checking', 'waiting_for_scan')`)
    .orderBy('storedAt')
    .limit(50)
    .execute();

/** Notes what an inspection found. */
export const setInspection = (
  trx: Trx,
  id: string,
  { inspection, pages }: { inspection: Inspection; pages?: number },
) =>
  trx
    .updateTable('attachment')
    .set({ inspection: JSON.stringify(inspection), ...(pages !== undefined && { pages }) })
    .where('id', '=', id)
    .execute();

/** What was replaced or deleted, the latest first, with who did it. */
export const removedAttachments = (db: Db, applicationId: string) =>
  db
    .selectFrom('attachment as a')
    .innerJoin('person as author', 'author.id', 'a.storedBy')
    .leftJoin('person as remover', 'remover.id', 'a.removedBy')
    .select(['a.id', 'a.material', 'a.rowId', 'a.fileName', 'a.bytes', 'a.pages', 'a.inspection'])
    .select(['a.storedAt', 'author.name as storedByName', 'a.removedAt', 'remover.name as removedByName'])
    .where('a.applicationId', '=', applicationId)
    .where('a.removedAt', 'is not', null)
    .orderBy('a.removedAt', 'desc')
    .execute();
