import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tinyPdf } from '../testing/pdf.ts';
import { uaFindings } from '../testing/pdf-ua.ts';

const root = path.join(import.meta.dirname, '..', '..', '..', '..');
const main = path.join(import.meta.dirname, 'main.ts');
const scratch = mkdtempSync(path.join(tmpdir(), 'keshen-cli-print-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const keshen = (...args: string[]): { status: number | null; out: string } => {
  const env = { ...process.env, PUBLIC_URL: 'https://shenbao.kjt.example.gov.cn' };
  const run = spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: 'utf8', env });
  return { status: run.status, out: run.stdout + run.stderr };
};
const example = (call: string, name: string) => path.join(root, 'calls', call, 'examples', `${name}.json`);
const LIAONING = example('liaoning-2026-international', 'several-partners');
const to = (name: string) => path.join(scratch, `${name}.pdf`);
const pagesOf = (file: string): string[] =>
  execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ''));
const codeIn = (text: string): string => /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(text)?.[0] ?? 'no code';

const EXAMPLES = [
  ['liaoning-2026-international', 'several-partners'],
  ['jiangsu-2026-international', 'enterprise-hmt'],
  ['neimenggu-2026-cooperation', 'young-enterprise'],
  ['shanxi-2024-cooperation', 'several-partners'],
  ['xinjiang-2025-sco', 'institute'],
] as const;
const CALLS = EXAMPLES.map(([call]) => call);

test.each(EXAMPLES)('%s prints without a database, every page with its code and number', (call, name) => {
  const { status, out } = keshen('print', call, example(call, name), '--out', to(call), '--state', 'final');
  expect([status, out]).toEqual([0, expect.stringContaining('版本码')]);
  const pages = pagesOf(to(call));
  for (const [index, page] of pages.entries()) {
    expect(page, `page ${index + 1}`).toContain(codeIn(out));
    expect(page).toContain(`第${index + 1}页共${pages.length}页`);
    expect(page).not.toContain('undefined');
  }
});

test.each(['liaoning', 'jiangsu', 'neimenggu', 'shanxi', 'xinjiang'])(
  '%s keeps to PDF/UA-1 as far as a program can see, with every font embedded and no fault in its syntax',
  async (call) => {
    const file = to(CALLS.find((key) => key.startsWith(call)) ?? '');
    expect(await uaFindings(readFileSync(file))).toEqual([]);
    expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    );
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    for (const font of fonts.trim().split('\n').slice(2)) expect(font).toMatch(/ yes yes yes /);
  },
);

test('JS-3.2c: cover, organisation sheet, project sheet, application, attachments', () => {
  const pages = pagesOf(to('jiangsu-2026-international'));
  const starts = ['单位信息表', '项目信息表', '项目申报书', '附件目录'].map((title) =>
    pages.findIndex((page, index) => index > 1 && page.includes(title)),
  );
  expect(starts).toEqual(starts.toSorted((one, other) => one - other));
  expect(starts).not.toContain(-1);
  expect(pages.at(-1)).toContain('附件目录');
});

test('XJ-2.4b, SX-4.1c: on double-sided paper every part begins on a right-hand page, and the call’s copies are named', () => {
  for (const call of ['xinjiang-2025-sco', 'shanxi-2024-cooperation']) {
    const pages = pagesOf(to(call));
    expect(pages[1]).toContain('双面打印');
    for (const title of ['单位信息表', '项目信息表', '项目申报书', '附件目录', '申报单位意见']) {
      const at = pages.findIndex((page, index) => index > 1 && page.includes(title));
      expect([title, at % 2]).toEqual([title, 0]);
    }
    expect(pages.some((page) => page.includes('本页无正文'))).toBe(true);
  }
  expect(pagesOf(to('liaoning-2026-international')).some((page) => page.includes('本页无正文'))).toBe(false);
});

test('the same content has the same code in every state, other content another; the watermark follows the state', () => {
  const codes = ['draft', 'review', 'final'].map((state) =>
    codeIn(keshen('print', 'liaoning', LIAONING, '--out', to(state), '--state', state).out),
  );
  expect(new Set(codes).size).toBe(1);
  expect(pagesOf(to('draft')).every((page) => page.includes('草稿'))).toBe(true);
  expect(pagesOf(to('review')).every((page) => page.includes('送审'))).toBe(true);
  expect(pagesOf(to('final')).every((page) => page.includes('正式上报版'))).toBe(true);
  const rehearsal = keshen('print', 'liaoning', LIAONING, '--out', to('rehearsal'), '--rehearsal');
  expect(codes).not.toContain(codeIn(rehearsal.out));
  expect(pagesOf(to('rehearsal')).every((page) => page.includes('演练·本件不作为申报依据'))).toBe(true);
});

const zbar = spawnSync('zbarimg', ['--version']).status === 0;
test.skipIf(!zbar)('both QR codes are read from a page scanned at 150 dpi', () => {
  keshen('print', 'liaoning', LIAONING, '--out', to('scanned'));
  execFileSync('pdftoppm', ['-r', '150', '-gray', '-png', to('scanned'), path.join(scratch, 'scan')], {
    stdio: 'ignore',
  });
  const [, second] = pagesOf(to('scanned'));
  const address = `https://shenbao.kjt.example.gov.cn/v/${codeIn(second ?? '').replaceAll('-', '')}`;
  const read = (page: string) =>
    spawnSync('zbarimg', ['-q', '--raw', path.join(scratch, `scan-${page}.png`)], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n');
  expect(read('01')).toEqual([address, address]);
  for (const page of ['02', '07', '12']) expect(read(page)).toEqual([address]);
});

test('attachments are bound in behind their sheets, hashed, counted, and what cannot be bound is said', async () => {
  const folder = path.join(scratch, 'files');
  mkdirSync(folder);
  const document = JSON.parse(readFileSync(LIAONING, 'utf8')) as { materials: Record<string, { fileName: string }[]> };
  const names = Object.values(document.materials).flatMap((files) => files.map(({ fileName }) => fileName));
  for (const [index, name] of names.entries()) {
    writeFileSync(path.join(folder, name), index === 0 ? Buffer.from('%PDF-1.7 damaged') : tinyPdf(`paper ${index}`));
  }
  const bound = keshen('print', 'liaoning', LIAONING, '--out', to('bound'), '--with-attachments', folder);
  expect(bound.status, bound.out).toBe(0);
  const pages = pagesOf(to('bound'));
  expect(pages.join('')).toContain('已经损坏，不能合印');
  const at = pages.indexOf('paper1');
  expect(pages[at - 1]).toContain('附件2');
  expect(pages[at + 1]).toContain(`第${at + 2}页共${pages.length}页`);
  expect(await uaFindings(readFileSync(to('bound')))).toContain('06-002 no claim to PDF/UA-1');

  rmSync(path.join(folder, names[1] ?? ''));
  const missing = keshen('print', 'liaoning', LIAONING, '--out', to('missing'), '--with-attachments', folder);
  expect([missing.status, missing.out]).toEqual([2, expect.stringContaining(`“${names[1]}”`)]);
});

test('wrong use and unprintable text: exit 2 with what, where and what to do', () => {
  const withTitle = path.join(scratch, 'emoji.json');
  writeFileSync(withTitle, readFileSync(LIAONING, 'utf8').replace('"title": "', '"title": "😀'));
  for (const [args, says] of [
    [['print', 'liaoning', LIAONING], '缺少 --out'],
    [['print', 'liaoning'], '用法'],
    [['print', 'liaoning', LIAONING, '--out', to('x'), '--state', 'best'], 'draft、review、final'],
    [['print', 'liaoning', LIAONING, '--out', path.join(scratch, 'no', 'x.pdf')], '写不进去'],
    [
      ['print', 'liaoning', LIAONING, '--out', to('x'), '--with-attachments', path.join(scratch, 'no')],
      '不是能读的文件夹',
    ],
    [['print', 'liaoning', withTitle, '--out', to('x')], '项目名称'],
  ] as const) {
    const { status, out } = keshen(...args);
    expect([status, out]).toEqual([2, expect.stringContaining(says)]);
    expect(out).not.toContain('    at ');
  }
});
