import type { Db, Trx } from '../../platform/db/schema.ts';

export type UploadRow = {
  id: string;
  applicationId: string;
  material: string;
  rowId: string | null;
  fileName: string;
  bytes: number;
  sha256: string | null;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  filledAt: Date | null;
  attachmentId: string | null;
};

export const insertUpload = (trx: Trx, upload: Omit<UploadRow, 'filledAt' | 'attachmentId'>) =>
  trx.insertInto('upload').values(upload).execute();

export const findUpload = (db: Db, id: string): Promise<UploadRow | undefined> =>
  db.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst();

/** When the last byte came; only the first such moment counts. */
export const markFilled = (db: Db, id: string, filledAt: Date) =>
  db.updateTable('upload').set({ filledAt }).where('id', '=', id).where('filledAt', 'is', null).execute();

/** Notes what an upload became. Answers whether nobody did before. */
export async function markAttached(trx: Trx, id: string, attachmentId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('upload')
    .set({ attachmentId })
    .where('id', '=', id)
    .where('attachmentId', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export const deleteUpload = (db: Db, id: string) => db.deleteFrom('upload').where('id', '=', id).execute();

/** A person's uploads to an application that became nothing yet, the latest first. */
export const unfinishedUploads = (
  db: Db,
  of: { applicationId: string; createdBy: string; at: Date },
): Promise<UploadRow[]> =>
  db
    .selectFrom('upload')
    .selectAll()
    .where('applicationId', '=', of.applicationId)
    .where('createdBy', '=', of.createdBy)
    .where('attachmentId', 'is', null)
    .where('expiresAt', '>', of.at)
    .orderBy('createdAt', 'desc')
    .execute();

/** Forgets what expired. Answers the ids that are left. */
export async function forgetExpired(db: Db, now: Date): Promise<Set<string>> {
  await db.deleteFrom('upload').where('expiresAt', '<=', now).execute();
  const left = await db.selectFrom('upload').select('id').execute();
  return new Set(left.map(({ id }) => id));
}
