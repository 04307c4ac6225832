import { createHash } from 'node:crypto';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFPage,
  type PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import type { SealDrawing } from '../drawing/lettering.ts';
import { SOURCE_ENTRY, type Source } from './fields.ts';

/** Where the middle of a seal stands: page from 1, millimetres from the left and the upper edge of the page. */
export type SealPlace = { page: number; x: number; y: number };

export type Placing = {
  field: string;
  drawing: SealDrawing;
  place: SealPlace;
  /** Read aloud in place of the picture. */
  description: string;
  signer: string;
  reason: string;
  at: Date;
  source: Source;
};

/** Room for the signature with its certificates and a time-stamp. */
const SIGNATURE_BYTES = 16_384;
const POINTS = 72 / 25.4;
/** Seal red, 国旗红 of the usual ink; multiplied, so that the text underneath stays readable as on paper. */
const INK = '0.8 0.06 0.08';
const PRINTED_AND_LOCKED = 4 + 128;
const SIGNATURES_EXIST_AND_APPEND_ONLY = 3;

/**
 * Appends a revision with an empty signature field and the drawing (ISO 32000-1, 7.5.6 and 12.7.4.5); what is there already keeps its
 * bytes, so earlier signatures stay valid. The same arguments give the same bytes. Throws when the page does not exist or is turned.
 */
export async function placeSeal(bytes: Uint8Array, placing: Placing): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false, forIncrementalUpdate: true });
  const { context } = document;
  const snapshot = context.snapshot;
  const page = document.getPages()[placing.place.page - 1];
  if (!snapshot || !page) throw new Error(`there is no page ${placing.place.page} to seal`);
  if (page.getRotation().angle !== 0) throw new Error('a turned page cannot be sealed');

  const signature = context.register(signatureDictionary(context, placing));
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFString.of(placing.field),
      TU: PDFHexString.fromText(placing.description),
      V: signature,
      P: page.ref,
      F: PRINTED_AND_LOCKED,
      Rect: rectangle(page, placing),
      AP: { N: context.register(appearance(context, placing.drawing)) },
    }),
  );
  page.node.set(PDFName.of('Annots'), context.obj([...(page.node.Annots()?.asArray() ?? []), field]));
  snapshot.markRefForSave(page.ref);
  addField(document, field);
  snapshot.markObjForSave(document.catalog);
  renewIdentifier(context, bytes, placing.field);

  const increment = await document.saveIncremental(snapshot, { useObjectStreams: !endsWithTable(bytes) });
  return Buffer.concat([bytes, increment]);
}

/** The drawings on their pages as stamps without any signature. Throws when a page does not exist. */
export async function drawSeals(
  bytes: Uint8Array,
  seals: readonly { drawing: SealDrawing; place: SealPlace }[],
): Promise<Buffer> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context } = document;
  for (const { drawing, place } of seals) {
    const page = document.getPages()[place.page - 1];
    if (!page) throw new Error(`there is no page ${place.page} to draw on`);
    const stamp = context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'Stamp',
        F: PRINTED_AND_LOCKED,
        Rect: rectangle(page, { drawing, place }),
        AP: { N: context.register(appearance(context, drawing)) },
      }),
    );
    page.node.set(PDFName.of('Annots'), context.obj([...(page.node.Annots()?.asArray() ?? []), stamp]));
  }
  return Buffer.from(await document.save());
}

function signatureDictionary(context: PDFContext, { signer, reason, at, source }: Placing): PDFDict {
  // Names of the length that the largest number can have stand where the byte range is written when the file is complete.
  const placeholder = PDFName.of('**********');
  return context.obj({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [PDFNumber.of(0), placeholder, placeholder, placeholder],
    Contents: PDFHexString.of('0'.repeat(SIGNATURE_BYTES * 2)),
    Name: PDFHexString.fromText(signer),
    Reason: PDFHexString.fromText(reason),
    M: PDFString.fromDate(at),
    [SOURCE_ENTRY]: { SHA256: PDFString.of(source.sha256), Length: source.length },
  });
}

function rectangle(page: PDFPage, { place, drawing }: Pick<Placing, 'place' | 'drawing'>): number[] {
  const box = page.getCropBox();
  const x = box.x + place.x * POINTS;
  const y = box.y + box.height - place.y * POINTS;
  const [halfWidth, halfHeight] = [(drawing.width / 2) * POINTS, (drawing.height / 2) * POINTS];
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight].map((value) => Math.round(value * 1000) / 1000);
}

function appearance(context: PDFContext, { width, height, content }: SealDrawing) {
  return context.flateStream(`q /Ink gs ${INK} RG ${INK} rg\n${content}\nQ`, {
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [-width / 2, -height / 2, width / 2, height / 2],
    Resources: { ExtGState: { Ink: { Type: 'ExtGState', BM: 'Multiply', ca: 0.92, CA: 0.92 } } },
  });
}

function addField({ context, catalog }: PDFDocument, field: PDFRef): void {
  const form = catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict) ?? context.obj({});
  const fields = form.lookupMaybe(PDFName.of('Fields'), PDFArray)?.asArray() ?? [];
  form.set(PDFName.of('Fields'), context.obj([...fields, field]));
  form.set(PDFName.of('SigFlags'), PDFNumber.of(SIGNATURES_EXIST_AND_APPEND_ONLY));
  const reference = context.getObjectRef(form);
  if (reference) context.snapshot?.markRefForSave(reference);
  else catalog.set(PDFName.of('AcroForm'), context.register(form));
}

/** The first half of the identifier stays, the second tells this revision from the one before (ISO 32000-1, 14.4). */
function renewIdentifier(context: PDFContext, bytes: Uint8Array, field: string): void {
  const identifier = context.lookup(context.trailerInfo.ID);
  const first = identifier instanceof PDFArray ? identifier.get(0) : undefined;
  if (!first) return;
  const second = createHash('sha256').update(bytes).update(field).digest('hex').slice(0, 32);
  context.trailerInfo.ID = context.obj([first, PDFHexString.of(second)]);
}

/** An update has the kind of cross-reference that the file ends with: readers may refuse a mixture. */
function endsWithTable(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.subarray(-1024)).toString('latin1');
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? NaN);
  return Buffer.from(bytes.subarray(start, start + 4)).toString('latin1') === 'xref';
}
