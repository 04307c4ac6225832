import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDocuments } from './documents.ts';

const documents = openDocuments();
const directory = mkdtempSync(join(tmpdir(), 'keshen-documents-'));
afterAll(async () => {
  await documents.close();
  rmSync(directory, { recursive: true });
});

const list = (rows: string[][]) => ({
  documentTitle: '测试清单',
  author: '测试市科学技术局',
  rehearsal: true,
  mark: { text: '演练', final: false },
  header: ['测试市科学技术局', '测试清单'],
  code: 'ABCD-EFGH-JKMN-PQRS',
  codeWord: '清单码',
  verifyUrl: 'https://keshen.example/v/X',
  title: '测试清单',
  department: '测试市科学技术局',
  departmentWord: '初审单位',
  exported: '第1次导出，2025年11月28日 10:00',
  voided: '',
  count: rows.length,
  columns: [
    { label: '序号', width: '11mm', align: 'center' },
    { label: '项目名称', width: '1fr', align: 'left' },
  ],
  rows,
  footnotes: [],
  flipped: false,
  size: 9.5,
  head: [],
  totals: [],
});
const images = { 'qr.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>' };
const render = (rows: string[][]) =>
  documents.render({ template: 'recommendation-list', data: list(rows), images, createdAt: new Date('2025-11-28') });
const read = (command: string, bytes: Buffer, ...options: string[]) => {
  const path = join(directory, 'document.pdf');
  writeFileSync(path, bytes);
  return execFileSync(command, [...options, path, ...(command === 'pdftotext' ? ['-'] : [])], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
};

test('what a user typed is set as text, whatever it looks like', async () => {
  const typed = '#import "secret.typ" *粗* $x^2$ \\ @ref `code` <label> // note';
  const { bytes, pages } = await render([['1', typed]]);
  expect(pages).toBe(1);
  expect(read('pdftotext', bytes, '-layout').replace(/\s+/g, '')).toContain('#import"secret.typ"*粗*$x^2$');
});

test('the file is tagged PDF/UA with title and language, and every page says 演练 and the code', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => [String(index + 1), `第${index + 1}个项目`]);
  const { bytes, pages } = await render(rows);
  expect(pages).toBeGreaterThan(2);
  const info = read('pdfinfo', bytes);
  expect(info).toMatch(/Title:\s+测试清单/);
  expect(info).toMatch(/Tagged:\s+yes/);
  expect(bytes.includes('pdfuaid:part>1')).toBe(true);
  const perPage = read('pdftotext', bytes).split('\f').slice(0, pages);
  for (const page of perPage) {
    expect(page).toContain('演练');
    expect(page).toContain('ABCD-EFGH-JKMN-PQRS');
  }
});

test('the same request gives the same bytes', async () => {
  expect((await render([['1', '甲']])).bytes.equals((await render([['1', '甲']])).bytes)).toBe(true);
});

test('two documents asked for at once each get their own content', async () => {
  const [one, two] = await Promise.all([render([['1', '第一份']]), render([['1', '第二份']])]);
  expect(read('pdftotext', one.bytes)).toContain('第一份');
  expect(read('pdftotext', two.bytes)).toContain('第二份');
});

test('a template that fails on its data is an error, and the next document works', async () => {
  const broken = documents.render({ template: 'application', data: {}, images, createdAt: new Date() });
  await expect(broken).rejects.toThrow(/could not be set/);
  expect((await render([['1', '甲']])).pages).toBe(1);
});

test('characters that no font has are named, once each', () => {
  expect(documents.missingCharacters('王𬭎、李😀和😀')).toEqual(['😀']);
  expect(documents.missingCharacters('辽宁省《通知》（2025）№1 √ Präzision')).toEqual([]);
});

test('a rare character stands in the file as text, in an embedded font that has it', async () => {
  const { bytes } = await render([['1', '王㐂𬭎']]);
  expect(read('pdftotext', bytes)).toContain('王㐂𬭎');
  const fonts = read('pdffonts', bytes).trim().split('\n').slice(2);
  for (const font of fonts) expect(font).toMatch(/ yes yes yes /);
});

// Any font of this system that has a character ours lack stands for the one that an operator would add.
const ADDED = '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf';
test.skipIf(!existsSync(ADDED))('a font that the operator adds prints what ours do not have', async () => {
  const folder = join(directory, 'fonts');
  mkdirSync(folder);
  copyFileSync(ADDED, join(folder, 'added.ttf'));
  const withMore = openDocuments(folder);
  expect(documents.missingCharacters('ᐊ')).toEqual(['ᐊ']);
  expect(withMore.missingCharacters('ᐊ')).toEqual([]);
  const { bytes } = await withMore.render({
    template: 'recommendation-list',
    data: list([['1', '北ᐊ']]),
    images,
    createdAt: new Date('2025-11-28'),
  });
  await withMore.close();
  expect(read('pdftotext', bytes)).toContain('北ᐊ');
  expect(read('pdffonts', bytes)).toContain('DejaVuSans');
});
