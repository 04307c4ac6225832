import { PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { tinyPdf } from '../../testing/pdf.ts';
import { openBinder } from './binder.ts';

/** Stands for what Typst sets: it says of itself that it conforms. */
async function ours(count: number): Promise<Uint8Array> {
  return pages(count, ({ catalog, context }) => {
    const xmp = '<rdf:li/><pdfuaid:part>1</pdfuaid:part><xmpTPg:NPages>3</xmpTPg:NPages>';
    const stream = context.stream(Buffer.from(xmp), { Type: 'Metadata', Subtype: 'XML' });
    catalog.set(PDFName.of('Metadata'), context.register(stream));
  });
}

async function pages(count: number, decorate?: (document: PDFDocument) => void): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (let page = 1; page <= count; page++) document.addPage([400 + page, 500]);
  decorate?.(document);
  return document.save();
}
const widths = async (bytes: Uint8Array) =>
  (await PDFDocument.load(bytes)).getPages().map((page) => Math.round(page.getWidth()));

test('each file stands behind its page, in order, with the blank pages asked for', async () => {
  const binder = await openBinder([await pages(2), tinyPdf('one')]);
  expect(binder.bindable).toEqual([
    { pages: 2, why: '' },
    { pages: 1, why: '' },
  ]);
  const bound = await binder.bind(await ours(3), [
    { file: 0, afterPage: 1, blanks: 0 },
    { file: 1, afterPage: 3, blanks: 1 },
  ]);
  await binder.close();
  expect(await widths(bound)).toEqual([401, 401, 402, 402, 403, 595, 595]);
  expect(Buffer.from(bound).includes('pdfuaid:part')).toBe(false);
  expect(Buffer.from(bound).includes('<rdf:li/>')).toBe(true);
});

test('what cannot be bound is said, not guessed: damaged, or neither PDF nor picture', async () => {
  const binder = await openBinder([Buffer.from('%PDF-1.7 and nothing more'), Buffer.from('PK\u0003\u0004')]);
  await binder.close();
  expect(binder.bindable).toEqual([
    { pages: 0, why: expect.stringContaining('损坏') },
    { pages: 0, why: expect.stringContaining('不是PDF或图片') },
  ]);
});

test('scripts, actions and ties to the rest of the file stay behind; stamps come along', async () => {
  const file = await pages(2, (document) => {
    const { context } = document;
    const [first, second] = document.getPages();
    const script = context.obj({ S: 'JavaScript', JS: 'app.alert(1)' });
    first?.node.set(PDFName.of('AA'), context.obj({ O: script }));
    const stamp = context.obj({
      Type: 'Annot',
      Subtype: 'Stamp',
      A: script,
      P: second?.ref ?? null,
      Rect: [0, 0, 9, 9],
    });
    first?.node.set(PDFName.of('Annots'), context.obj([stamp]));
  });
  const binder = await openBinder([file]);
  const bound = await binder.bind(await ours(1), [{ file: 0, afterPage: 1, blanks: 0 }]);
  await binder.close();
  const document = await PDFDocument.load(bound);
  const node = document.getPage(1).node;
  expect(node.has(PDFName.of('AA'))).toBe(false);
  const stamp = node.lookup(PDFName.of('Annots'), PDFArray).lookup(0, PDFDict);
  expect(stamp.get(PDFName.of('Subtype'))).toBe(PDFName.of('Stamp'));
  expect([...stamp.keys()].map(String)).not.toContain('/A');
  expect([...stamp.keys()].map(String)).not.toContain('/P');
});
