import type { Readable } from 'node:stream';
import { cleanFileName, inspectFile } from '../../materials/index.ts';
import type { Context } from '../../platform/context.ts';
import { transact } from '../../platform/db/transact.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { DOCUMENT_TITLES, type DocumentKind, type DocumentRow, findDocument, insertDocument } from './store.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const ACCEPTED = ['pdf', 'jpg', 'png'];

export type DocumentUpload = {
  authorityId: string;
  /** Absent for a registration that is still being filled in. */
  organisationId: string | null;
  personId: string | null;
  kind: DocumentKind;
  name: string;
  /** Undefined for a request without a body. */
  content: Readable | undefined;
  at: Date;
};

/** Takes a paper of an organisation, inspected like every upload: real type, whole, no virus where antivirus is configured. */
export async function uploadDocument(context: Context, upload: DocumentUpload): Promise<Result<DocumentRow>> {
  const { kind, name, content, authorityId, organisationId, personId, at } = upload;
  const title = DOCUMENT_TITLES[kind];
  if (!content) {
    return refused(422, {
      code: 'empty_file',
      message: '没有收到文件，没有保存。',
      where: kind,
      remedy: '请选择文件再上传。',
    });
  }
  const reception = await context.files.receive(content, MOST_BYTES);
  if (!reception.ok) {
    return reception.reason === 'too_large'
      ? refused(413, {
          code: 'too_large',
          message: `“${title}”不能超过 10 MB。`,
          where: kind,
          remedy: '请降低扫描分辨率（200 dpi 足够）后再上传。',
        })
      : refused(400, {
          code: 'cut_short',
          message: '上传中断，文件没有收全，没有保存。',
          where: kind,
          remedy: '请检查网络后重新上传。',
        });
  }
  const { file } = reception;
  try {
    const inspected = await inspectFile(file, { key: kind, title, accept: ACCEPTED }, undefined, context.config.clamd);
    if (!inspected.ok) return { ...inspected, refusal: { ...inspected.refusal, where: kind } };
    await file.keep();
    return await transact(context.db, async (trx) => {
      const { type, inspection, pages } = inspected.value;
      const id = await insertDocument(trx, {
        authorityId,
        organisationId,
        kind,
        fileName: cleanFileName(name, `${title}.${type.key}`),
        mediaType: type.mediaType,
        bytes: file.bytes,
        pages: pages ?? null,
        sha256: file.sha256,
        inspection,
        storedBy: personId,
        storedAt: at,
      });
      if (organisationId) {
        await context.log(trx, {
          at,
          ...(personId && { actor: { personId } }),
          role: 'organisationAdministrator',
          action: 'uploadOrganisationDocument',
          outcome: 'done',
          subjectKind: 'organisation',
          subjectId: organisationId,
          detail: { document: id, kind, sha256: file.sha256, bytes: file.bytes },
        });
      }
      const stored = await findDocument(trx, id);
      if (!stored) throw new Error('the document just stored is not there');
      return ok(stored);
    });
  } finally {
    await file.discard();
  }
}
