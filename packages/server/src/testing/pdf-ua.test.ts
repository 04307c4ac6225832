import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDocuments } from '../platform/documents/index.ts';
import { uaFindings } from './pdf-ua.ts';

const documents = openDocuments();
afterAll(() => documents.close());
let good: Buffer;
beforeAll(async () => {
  const square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>';
  const data = {
    documentTitle: '清单',
    author: '单位',
    rehearsal: false,
    mark: { text: '', final: false },
    header: ['', ''],
    code: 'ABCD',
    verifyUrl: 'https://keshen.example/v/X',
    title: '清单',
    department: '单位',
    departmentWord: '初审单位',
    exported: '',
    voided: '',
    count: 1,
    columns: [{ label: '名称', width: '1fr', align: 'left' }],
    rows: [['甲']],
    footnotes: [],
    flipped: false,
    size: 9.5,
    head: [],
    totals: [],
  };
  const images = { 'qr.svg': square };
  good = (await documents.render({ template: 'recommendation-list', data, images, createdAt: new Date(0) })).bytes;
});

/** The good file with one thing spoilt. */
async function spoilt(spoil: (document: PDFDocument, everything: PDFDict[]) => void): Promise<string[]> {
  const document = await PDFDocument.load(good, { updateMetadata: false });
  const objects = document.context.enumerateIndirectObjects().map(([, object]) => object);
  spoil(
    document,
    objects.filter((object): object is PDFDict => object instanceof PDFDict),
  );
  return uaFindings(await document.save());
}
const key = (text: string) => PDFName.of(text);
const ofKind = (everything: PDFDict[], kind: string) =>
  everything.filter((dict) => dict.get(key('S')) === key(kind) && dict.has(key('P')));

test('a file that keeps to PDF/UA-1 has no findings', async () => {
  expect(await uaFindings(good)).toEqual([]);
});

test.each([
  ['11-006 no language', ({ catalog }: PDFDocument) => catalog.delete(key('Lang'))],
  ['07-001 title not displayed', ({ catalog }: PDFDocument) => catalog.delete(key('ViewerPreferences'))],
  ['06-002 no claim to PDF/UA-1', ({ catalog }: PDFDocument) => catalog.delete(key('Metadata'))],
])('%s is found', async (finding, spoil) => {
  expect(await spoilt(spoil)).toContain(finding);
});

test('missing alternative texts, foreign kinds, tables without heads and fonts that are not embedded are found', async () => {
  const findings = await spoilt((_document, everything) => {
    for (const figure of ofKind(everything, 'Figure')) figure.delete(key('Alt'));
    for (const head of ofKind(everything, 'TH')) head.set(key('S'), key('TD'));
    for (const body of ofKind(everything, 'TR').slice(0, 1)) body.set(key('S'), key('Row'));
    for (const dict of everything) dict.delete(key('FontFile2'));
  });
  for (const finding of ['13-004', '15-003 a table without', '02-001 Row', '31-009']) {
    expect(
      findings.some((one) => one.startsWith(finding)),
      finding,
    ).toBe(true);
  }
});

test('what is drawn outside of the tags is found', async () => {
  const findings = await spoilt((document) => document.getPage(0).drawText('added afterwards'));
  expect(findings.some((finding) => finding.startsWith('01-005 page 1: 1 operators'))).toBe(true);
});
