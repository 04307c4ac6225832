import { Buffer } from 'node:buffer';
import qrcode from 'qrcode';
import { type Documents, type Insertion, openBinder, type Pdf } from '../../platform/documents/index.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { type Content, freeze, type Frozen } from '../content.ts';
import { formView } from '../form-view.ts';
import { inOrderOf } from './attachment-list.ts';
import { findUnprintable, unprintable } from './missing-characters.ts';
import { paperAsked } from './paper-notes.ts';
import { type PrintInput, type PrintModel, printModel, topicCode } from './print-model.ts';

export type PrintRequest = Omit<PrintInput, 'view' | 'code' | 'verifyUrl' | 'codeUrl' | 'along'> & {
  publicUrl: string;
  /** What the large QR on the cover says of this content. */
  verifyUrl: (frozen: Frozen) => string;
  /** Gives the bytes of an attachment that is printed along; absent: only the list of attachments is printed. */
  readAttachment?: (attachment: Content['attachments'][number]) => Promise<Uint8Array>;
};

/** `sealPlaces` are those of the pages as they stand without attachments. */
export type Print = Pages & { fileName: string; versionCode: string };

/** What one merged print holds at most; beyond, attachments are printed one by one. Bytes. */
const MOST_BYTES = 300 * 1024 * 1024;

/** The content as PDF, with its attachments where the request can read them. The same request gives the same bytes. */
export async function renderPrint(documents: Documents, request: PrintRequest): Promise<Result<Print>> {
  const { content, linked, at } = request;
  const found = findUnprintable(content, linked, (text) => documents.missingCharacters(text));
  if (found.length > 0) return unprintable(found);

  const frozen = freeze(content);
  const model = (along?: PrintInput['along']) =>
    printModel({
      ...request,
      view: formView(linked, content, at),
      code: frozen.versionCode,
      verifyUrl: request.verifyUrl(frozen),
      // Short, so that it is still read at the size in which it fits at the foot of a page.
      codeUrl: `${request.publicUrl}/v/${frozen.versionCode.replaceAll('-', '')}`,
      ...(along && { along }),
    });
  const { readAttachment } = request;
  const printed = readAttachment
    ? await withAttachments(documents, request, model, readAttachment)
    : ok(await setPages(documents, model(), request.printedAt));
  if (!printed.ok) return printed;
  const name = `${content.number}-${model().mark.text}${readAttachment ? '-含附件' : ''}.pdf`;
  return ok({ ...printed.value, fileName: name, versionCode: frozen.versionCode });
}

type Pages = Pick<Pdf, 'bytes' | 'pages' | 'sealPlaces'>;

async function withAttachments(
  documents: Documents,
  { content, linked, printedAt }: PrintRequest,
  model: (along: PrintInput['along']) => PrintModel,
  read: NonNullable<PrintRequest['readAttachment']>,
): Promise<Result<Pages>> {
  const attachments = inOrderOf(linked.materials, content.attachments);
  if (attachments.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES) return tooLarge();
  const files: Uint8Array[] = [];
  for (const attachment of attachments) files.push(await read(attachment));
  const binder = await openBinder(files);
  try {
    // On double-sided paper each attachment ends with a left-hand page.
    const { doubleSided } = paperAsked(linked, topicCode(content, linked.call));
    const along = binder.bindable.map(({ pages, why }) => ({ pages, why, blanks: doubleSided ? pages % 2 : 0 }));
    const { bytes, pages, marks } = await setPages(documents, model(along), printedAt);
    const insertions = along.map(({ blanks }, file): Insertion => ({ file, afterPage: marks[file] ?? pages, blanks }));
    const bound = await binder.bind(bytes, insertions);
    return ok({
      sealPlaces: [],
      bytes: Buffer.from(bound.buffer, bound.byteOffset, bound.byteLength),
      pages: along.reduce((sum, one) => sum + one.pages + one.blanks, pages),
    });
  } finally {
    await binder.close();
  }
}

const tooLarge = (): Refused =>
  refused(422, {
    code: 'print_too_large',
    message: `附件合计超过${MOST_BYTES / 1024 / 1024} MB，不能合成一个文件。`,
    remedy: '请打印不含附件的申报书，附件逐个打开打印。',
  });

async function setPages(documents: Documents, model: PrintModel, createdAt: Date) {
  const qr = (text: string) => qrcode.toString(text, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  return documents.render({
    template: 'application',
    data: model,
    images: { 'qr.svg': await qr(model.verifyUrl), 'code.svg': await qr(model.codeUrl) },
    createdAt,
  });
}
