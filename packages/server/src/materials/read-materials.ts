import { type Attachment, attachmentsOf, type By, openApplication } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import type { Inspection } from '../platform/inspection/index.ts';
import { removedAttachments } from './store.ts';
import { unfinishedUploads } from './uploads/store-uploads.ts';
import type { UploadFiles } from './uploads/upload-files.ts';

/** A file that no longer counts. `removedByName` is absent when the inspection took it out of force. */
export type EarlierFile = {
  id: string;
  material: string;
  row?: string;
  fileName: string;
  bytes: number;
  pages?: number;
  inspection: Inspection;
  storedAt: string;
  storedByName: string;
  removedAt: string;
  removedByName?: string;
};

/** An upload of the reader's own that broke off, to be continued. `received` and `bytes` are byte counts. */
export type UnfinishedUpload = {
  id: string;
  material: string;
  row?: string;
  fileName: string;
  bytes: number;
  received: number;
  startedAt: string;
  expiresAt: string;
};

export type MaterialsView = { attachments: Attachment[]; earlier: EarlierFile[]; unfinished: UnfinishedUpload[] };

/** All files of an application: those that count, those that no longer do, and the reader's own that are still on their way. */
export async function readMaterials(
  context: Context,
  files: UploadFiles,
  by: By,
  applicationId: string,
): Promise<Result<MaterialsView>> {
  const opened = await openApplication(context, by, applicationId);
  if (!opened.ok) return opened;
  const { db } = context;
  const earlier = await removedAttachments(db, applicationId);
  const unfinished = await unfinishedUploads(db, { applicationId, createdBy: by.actor.personId, at: by.at });
  return ok({
    attachments: await attachmentsOf(db, applicationId),
    earlier: earlier.map(({ rowId, pages, inspection, storedAt, removedAt, removedByName, ...file }) => ({
      ...file,
      ...(rowId !== null && { row: rowId }),
      ...(pages !== null && { pages }),
      inspection: inspection as Inspection,
      storedAt: storedAt.toISOString(),
      removedAt: (removedAt ?? storedAt).toISOString(),
      ...(removedByName !== null && { removedByName }),
    })),
    unfinished: await Promise.all(
      unfinished.map(async ({ id, material, rowId, fileName, bytes, createdAt, expiresAt }) => ({
        id,
        material,
        ...(rowId !== null && { row: rowId }),
        fileName,
        bytes,
        received: await files.received(id),
        startedAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      })),
    ),
  });
}
