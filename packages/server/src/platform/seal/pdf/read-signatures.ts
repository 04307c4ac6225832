import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { SOURCE_ENTRY, type Source } from './fields.ts';

/** A signature as it stands in the file; nothing of it is verified. */
export type FoundSignature = {
  field: string;
  subFilter: string;
  reason: string | undefined;
  claimedAt: Date | undefined;
  source: Source | undefined;
  /** Where the signature's own bytes lie; all before and after them, up to `end`, is signed. `undefined`: not a range that can be believed. */
  range: { gapStart: number; gapEnd: number; end: number } | undefined;
  message: Uint8Array;
};

/** The signatures of a document in the order of their revisions. Throws when the bytes cannot be read as a PDF. */
export async function readSignatures(bytes: Uint8Array): Promise<FoundSignature[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const form = document.catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict);
  const fields = form?.lookupMaybe(PDFName.of('Fields'), PDFArray);
  const found: FoundSignature[] = [];
  for (const one of fields?.asArray() ?? []) {
    const field = document.context.lookup(one);
    if (!(field instanceof PDFDict) || field.lookup(PDFName.of('FT')) !== PDFName.of('Sig')) continue;
    const value = field.lookup(PDFName.of('V'));
    if (value instanceof PDFDict) found.push(read(bytes, text(field.lookup(PDFName.of('T'))) ?? '', value));
  }
  return found.toSorted((a, b) => (a.range?.end ?? Infinity) - (b.range?.end ?? Infinity));
}

function read(bytes: Uint8Array, field: string, value: PDFDict): FoundSignature {
  const entry = (name: string) => value.lookup(PDFName.of(name));
  const contents = entry('Contents');
  const raw = contents instanceof PDFHexString ? contents.asBytes() : new Uint8Array();
  const message = raw.subarray(0, lengthOf(raw));
  return {
    field,
    subFilter: entry('SubFilter')?.toString().slice(1) ?? '',
    reason: text(entry('Reason')),
    claimedAt: date(entry('M')),
    source: sourceOf(entry(SOURCE_ENTRY)),
    // Behind the message stands nothing but the zeros that the placeholder left.
    range: raw.subarray(message.length).some((byte) => byte !== 0)
      ? undefined
      : rangeOf(bytes, entry('ByteRange'), raw),
    message,
  };
}

/**
 * The range is believed only if it starts with the file and leaves out nothing but the hexadecimal string of this very signature: anything
 * else would let unsigned bytes hide inside what is called signed.
 */
function rangeOf(bytes: Uint8Array, range: PDFObject | undefined, contents: Uint8Array): FoundSignature['range'] {
  const numbers =
    range instanceof PDFArray ? range.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : NaN)) : [];
  const [from, gapStart = NaN, gapEnd = NaN, length = NaN] = numbers;
  const end = gapEnd + length;
  if (numbers.length !== 4 || !numbers.every(Number.isSafeInteger) || from !== 0 || gapStart < 0 || length < 0)
    return undefined;
  if (gapEnd <= gapStart || end > bytes.length) return undefined;
  const gap = Buffer.from(bytes.subarray(gapStart, gapEnd)).toString('latin1');
  if (!/^<[0-9A-Fa-f]+>$/.test(gap) || !Buffer.from(gap.slice(1, -1), 'hex').equals(contents)) return undefined;
  return { gapStart, gapEnd, end };
}

/** The length of the DER value at the start. */
function lengthOf(raw: Uint8Array): number {
  const first = raw[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  return 2 + size + raw.subarray(2, 2 + size).reduce((length, byte) => length * 256 + byte, 0);
}

const text = (value: PDFObject | undefined): string | undefined =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;

function date(value: PDFObject | undefined): Date | undefined {
  try {
    return value instanceof PDFString || value instanceof PDFHexString ? value.decodeDate() : undefined;
  } catch {
    return undefined;
  }
}

function sourceOf(value: PDFObject | undefined): Source | undefined {
  if (!(value instanceof PDFDict)) return undefined;
  const sha256 = text(value.lookup(PDFName.of('SHA256')));
  const length = value.lookup(PDFName.of('Length'));
  return sha256 && length instanceof PDFNumber ? { sha256, length: length.asNumber() } : undefined;
}
