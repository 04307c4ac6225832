import { parentPort } from 'node:worker_threads';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';

/** How many pages a file adds; 0 with the reason (Chinese) where it cannot be bound. */
export type Bindable = { pages: number; why: string };
/** A file, by its place in the list, goes behind a page of the document (from 1), with blank pages after it. */
export type Insertion = { file: number; afterPage: number; blanks: number };
export type BinderJob = { files: Uint8Array[] } | { document: Uint8Array; insertions: Insertion[] };
export type BinderAnswer = { bindable?: Bindable[]; bound?: Uint8Array; error?: string };

/** A4 in points. */
const A4: [number, number] = [595.276, 841.89];
const MARGIN = 28;

if (!parentPort) throw new Error('this file runs as a worker');
const port = parentPort;
let opened: (PDFDocument | undefined)[] = [];

port.on('message', (job: BinderJob) => void answer(job));

async function answer(job: BinderJob): Promise<void> {
  const done = 'files' in job ? await open(job.files) : await bind(job.document, job.insertions);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  port.postMessage(done);
}

async function open(files: readonly Uint8Array[]): Promise<BinderAnswer> {
  const bindable: Bindable[] = [];
  opened = [];
  for (const bytes of files) {
    try {
      const document = await read(bytes);
      opened.push(document);
      bindable.push(
        document
          ? { pages: document.getPageCount(), why: '' }
          : { pages: 0, why: '这个文件不是PDF或图片，不能合印，请另行打印。' },
      );
    } catch {
      opened.push(undefined);
      bindable.push({ pages: 0, why: '这个文件加了密或者已经损坏，不能合印，请另行打印。' });
    }
  }
  return { bindable };
}

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte);

async function read(bytes: Uint8Array): Promise<PDFDocument | undefined> {
  if (Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) {
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    document.getPages().forEach(makeHarmless);
    return document;
  }
  const png = startsWith(bytes, 0x89, 0x50, 0x4e, 0x47);
  if (!png && !startsWith(bytes, 0xff, 0xd8, 0xff)) return undefined;
  const document = await PDFDocument.create();
  const image = png ? await document.embedPng(bytes) : await document.embedJpg(bytes);
  const page = document.addPage(A4);
  const { width, height } = image.scaleToFit(A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN);
  page.drawImage(image, { x: (A4[0] - width) / 2, y: (A4[1] - height) / 2, width, height });
  return document;
}

/**
 * A page brings its looks, stamps and signatures' appearances along, but no action, script or address, no tie to the rest of its
 * file (which would be copied with it), and no place in a structure tree that is not this document's.
 */
function makeHarmless({ node }: ReturnType<PDFDocument['getPage']>): void {
  for (const key of ['AA', 'B', 'StructParents', 'Tabs', 'PieceInfo', 'Thumb', 'Metadata'])
    node.delete(PDFName.of(key));
  const annotations = node.lookup(PDFName.of('Annots'));
  if (!(annotations instanceof PDFArray)) return;
  for (let at = 0; at < annotations.size(); at++) {
    const annotation = annotations.lookup(at);
    if (!(annotation instanceof PDFDict)) continue;
    for (const key of ['A', 'AA', 'PA', 'Dest', 'P', 'Parent', 'Popup', 'IRT', 'StructParent', 'V']) {
      annotation.delete(PDFName.of(key));
    }
  }
}

async function bind(document: Uint8Array, insertions: readonly Insertion[]): Promise<BinderAnswer> {
  try {
    const target = await PDFDocument.load(document, { updateMetadata: false });
    // From the back, so that the earlier places stay where they are.
    for (const { file, afterPage, blanks } of insertions.toReversed()) {
      const source = opened[file];
      if (!source) continue;
      const pages = await target.copyPages(source, source.getPageIndices());
      for (const [at, page] of pages.entries()) target.insertPage(afterPage + at, page);
      for (let at = 0; at < blanks; at++) target.insertPage(afterPage + pages.length + at, A4);
    }
    takeOutClaim(target);
    return { bound: await target.save() };
  } catch (error) {
    return { error: String(error) };
  }
}

/** ISO 14289-1 wants every page tagged; those that were uploaded are not, so the document no longer says that it conforms. */
function takeOutClaim({ catalog, context }: PDFDocument): void {
  const key = PDFName.of('Metadata');
  const [reference, metadata] = [catalog.get(key), catalog.lookup(key)];
  if (!(metadata instanceof PDFRawStream) || !(reference instanceof PDFRef)) {
    throw new Error('the document has no metadata of its own');
  }
  const text = Buffer.from(metadata.getContents()).toString('utf8');
  const without = text.replace(/<pdfuaid:part>1<\/pdfuaid:part>|<xmpTPg:NPages>\d+<\/xmpTPg:NPages>/g, '');
  if (without.includes('<pdfuaid:')) throw new Error('the claim to PDF/UA is written in a way not known here');
  context.assign(reference, context.stream(Buffer.from(without, 'utf8'), { Type: 'Metadata', Subtype: 'XML' }));
}
