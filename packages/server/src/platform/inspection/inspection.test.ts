import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EICAR, startTestClamd } from '../../testing/clamd.ts';
import { type PdfParts, pdfOf, tinyPdf } from '../../testing/pdf.ts';
import { readClamdAddress, type ClamdAddress, scanFile } from './clamd.ts';
import { isWhole } from './file-ends.ts';
import { inspect } from './inspection.ts';
import { inspectPdf } from './inspect-pdf.ts';
import { runTool } from './run-tool.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keshen-inspection-'));
});
afterAll(() => rm(directory, { recursive: true }));

let files = 0;
const written = async (content: Buffer | string) => {
  files += 1;
  const path = join(directory, `file-${files}`);
  await writeFile(path, content);
  return path;
};
const has = (tool: string) => (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, tool)));
const LETTER = 'BT /F1 12 Tf 72 500 Td (letter) Tj ET';
const SEAL = `${LETTER} 0.9 0.1 0.1 rg 400 100 60 60 re f`;

describe.skipIf(!has('pdfinfo') || !has('qpdf') || !has('pdftoppm'))('a PDF', () => {
  const look = async (parts: PdfParts, asked = {}) =>
    inspectPdf(await written(pdfOf({ content: LETTER, ...parts })), asked);

  test('in order has its pages counted and nothing said of it', async () => {
    expect(await look({ pages: 12 })).toEqual({ usable: true, pages: 12, hints: [] });
  });

  test.each([
    ['a script', { catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' }, 'JavaScript'],
    ['a script written with escapes', { catalogue: '/OpenAction << /S /J#61v#61Script /JS (1) >>' }, 'JavaScript'],
    [
      'a script that is referred to',
      { catalogue: '/OpenAction << /S 6 0 R /JS (1) >>', objects: ['/JavaScript'] },
      'JavaScript',
    ],
    ['a script among the names', { catalogue: '/Names << /JavaScript << /Names [] >> >>' }, 'JavaScript'],
    ['a program to start', { catalogue: '/OpenAction << /S /Launch /F (cmd.exe) >>' }, '启动其他程序'],
  ])('with %s is refused', async (_what, parts, says) => {
    expect(await look(parts)).toMatchObject({ usable: false, reason: expect.stringContaining(says) });
  });

  test('that only writes about scripts is not', async () => {
    expect(await look({ content: 'BT /F1 12 Tf 72 720 Td (/JavaScript /Launch) Tj ET' })).toMatchObject({
      usable: true,
    });
    expect(await look({ catalogue: '/Lang (/JavaScript)' })).toMatchObject({ usable: true, hints: [] });
  });

  test('with a file inside says so', async () => {
    const objects = ['<< /Type /EmbeddedFile /Length 2 >>\nstream\nhi\nendstream'];
    expect(
      await look({ objects, catalogue: '/Names << /EmbeddedFiles << /Names [(a) << /EF << /F 6 0 R >> >>] >> >>' }),
    ).toMatchObject({ usable: true, hints: [expect.stringContaining('嵌有其他文件')] });
  });

  test.each(['--encrypt user owner 256 --', '--encrypt  owner 256 --print=none --'])(
    'encrypted (%s) is refused',
    async (how) => {
      const [plain, locked] = [await written(tinyPdf('secret')), join(directory, `locked-${how.length}`)];
      execFileSync('qpdf', [...how.split(' '), plain, locked]);
      expect(await inspectPdf(locked)).toMatchObject({ usable: false, reason: expect.stringContaining('密码') });
    },
  );

  test('that is damaged is refused', async () => {
    expect(await inspectPdf(await written(tinyPdf('cut').subarray(0, 200)))).toMatchObject({ usable: false });
    expect(await inspectPdf(await written(`%PDF-1.7\n${'rubbish\n'.repeat(100)}%%EOF`))).toMatchObject({
      usable: false,
      reason: expect.stringContaining('损坏'),
    });
  });

  test('without a text layer is said to be a scan, but not where a scan is what is asked for', async () => {
    expect(await look({ content: '' })).toMatchObject({ hints: [expect.stringContaining('没有文字层')] });
    expect(await look({ content: '0.9 0.1 0.1 rg 400 100 60 60 re f' }, { colour: true })).toMatchObject({ hints: [] });
  });

  test('in grey is noticed where colour is asked for; a red seal on one page is colour', async () => {
    expect(await look({ pages: 3 }, { colour: true })).toMatchObject({
      hints: [expect.stringMatching(/彩色扫描件.*第1、2、3页/)],
    });
    expect(await look({ content: SEAL, pages: 30 }, { colour: true })).toMatchObject({ pages: 30, hints: [] });
    expect(await look({ content: `0.93 0.9 0.85 rg 0 0 595 842 re f 0 g ${LETTER}` }, { colour: true })).toMatchObject({
      hints: [expect.stringContaining('灰度')],
    });
  });

  test('of other paper is measured', async () => {
    expect(await look({ size: [612, 792], pages: 7 })).toMatchObject({
      hints: ['第1、2、3、4、5等7页不是 A4 幅面，打印时会缩放'],
    });
    expect(await look({ size: [842, 595] })).toMatchObject({ hints: [] });
    expect(await look({ size: [20, 20] })).toMatchObject({
      hints: expect.arrayContaining([expect.stringContaining('7×7 毫米')]),
    });
  });
});

describe('a tool', () => {
  test('that is missing is said to be', async () => {
    expect(await runTool('keshen-no-such-tool', [])).toEqual({ ended: 'missing' });
  });
  test('that takes too long, too much memory or writes too much is stopped', async () => {
    expect(await runTool('sleep', ['5'], { seconds: 0.1 })).toEqual({ ended: 'stopped' });
    expect(await runTool('yes', [], { outputBytes: 1000 })).toEqual({ ended: 'stopped' });
    const greedy = await runTool(process.execPath, ['-e', 'Buffer.alloc(3e9, 1)']);
    expect(greedy.ended).not.toBe('well');
  });
  test('gets nothing of the environment but the path', async () => {
    process.env['KESHEN_TEST_SECRET'] = 'secret';
    const run = await runTool('env', []);
    expect(run).toMatchObject({ ended: 'well' });
    expect(JSON.stringify(run.ended === 'well' && run.stdout.toString())).not.toContain('KESHEN_TEST_SECRET');
  });
});

test.each([
  ['pdf', tinyPdf('whole'), true],
  ['pdf', tinyPdf('cut').subarray(0, -10), false],
  ['jpg', Buffer.from('ffd8ff0000ffd9', 'hex'), true],
  ['jpg', Buffer.from('ffd8ff0000', 'hex'), false],
  ['zip', Buffer.from('504b0304', 'hex'), true],
])('a %s with its end is whole, without it is not', async (type, content, whole) => {
  expect(await isWhole(await written(content), type)).toBe(whole);
});

describe('antivirus', () => {
  const addressOf = (text: string): ClamdAddress => {
    const address = readClamdAddress(text);
    if (address === undefined || typeof address === 'string') throw new Error(String(address));
    return address;
  };
  const PDF = { type: { key: 'pdf', name: 'PDF', mediaType: 'application/pdf' }, colour: false };

  test('passes what is clean and finds what is not, in files of any length', async () => {
    const clamd = await startTestClamd();
    const address = addressOf(clamd.address);
    expect(await scanFile(address, await written('clean'))).toEqual({ result: 'clean' });
    expect(await scanFile(address, await written(''))).toEqual({ result: 'clean' });
    expect(await scanFile(address, await written(Buffer.alloc(3_000_001)))).toEqual({ result: 'clean' });
    const infected = await written(Buffer.concat([Buffer.alloc(1_000_000), Buffer.from(EICAR)]));
    expect(await scanFile(address, infected)).toEqual({ result: 'found', name: 'Eicar-Test-Signature' });
    expect(clamd.scanned).toEqual([5, 0, 3_000_001, 1_000_000 + EICAR.length]);
    expect(await inspect(infected, PDF, address)).toMatchObject({ usable: false, code: 'virus', virus: 'found' });
    await clamd.close();
    expect(await scanFile(address, infected)).toMatchObject({ result: 'unreachable' });
    expect(await inspect(await written(tinyPdf('waits')), PDF, address)).toMatchObject({
      usable: true,
      inspection: { state: 'waiting_for_scan', virus: 'waiting' },
    });
  });

  test('what is no clear answer passes nothing', async () => {
    const clamd = await startTestClamd({ most: 10 });
    expect(await scanFile(addressOf(clamd.address), await written('longer than ten'))).toMatchObject({
      result: 'unreachable',
      why: expect.stringContaining('size limit'),
    });
    await clamd.close();
  });

  test('its address is a host and port or a path', () => {
    expect(readClamdAddress('')).toBeUndefined();
    expect(readClamdAddress('scanner.example:3310')).toEqual({ host: 'scanner.example', port: 3310 });
    expect(readClamdAddress('[::1]:3310')).toEqual({ host: '::1', port: 3310 });
    expect(readClamdAddress('unix:/run/clamd.sock')).toEqual({ path: '/run/clamd.sock' });
    expect(readClamdAddress('nonsense')).toContain('KESHEN_CLAMD');
    expect(readClamdAddress('host:0')).toContain('KESHEN_CLAMD');
  });

  const real = process.env['KESHEN_TEST_CLAMD'];
  test.skipIf(!real)('a real clamd answers as understood', async () => {
    const address = addressOf(real ?? '');
    expect(await scanFile(address, await written(tinyPdf('clean')))).toEqual({ result: 'clean' });
    expect(await scanFile(address, await written(EICAR))).toMatchObject({ result: 'found' });
    expect(await scanFile(address, await written(Buffer.alloc(9_000_000)))).toEqual({ result: 'clean' });
  });
});
