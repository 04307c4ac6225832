import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What looking at a PDF brought: usable, with its pages and what a person should know, or the reason why not. */
export type PdfInspection =
  { usable: true; pages?: number; notes: string[] } | { usable: false; reason: string; remedy: string };

const LIMITS = { timeout: 15_000, maxBuffer: 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };

/**
 * Reads a PDF with poppler's `pdfinfo` in a process of its own, for at most 15 seconds. Where poppler is not installed only the
 * ends of the file are looked at, and the notes say so.
 */
export async function inspectPdf(path: string): Promise<PdfInspection> {
  try {
    const { stdout } = await run('pdfinfo', [path], LIMITS);
    return judge(stdout);
  } catch (error) {
    const { code, killed, stderr } = failureOf(error);
    if (code === 'ENOENT') return inspectEnds(path);
    if (killed) return unusable('文件过于复杂，检查超时', '请用“打印为 PDF”重新生成后上传。');
    if (/password/i.test(stderr ?? '')) return encrypted();
    return unusable('文件已损坏，打不开', '请在本机打开确认后重新生成、重新上传。');
  }
}

/** What `execFile` tells of a process that failed, was stopped or could not be started. */
const failureOf = (error: unknown): { code?: unknown; killed?: unknown; stderr?: string } =>
  typeof error === 'object' && error !== null ? error : {};

function judge(stdout: string): PdfInspection {
  const said = (key: string) => new RegExp(`^${key}:\\s+(.*)$`, 'm').exec(stdout)?.[1]?.trim() ?? '';
  if (said('Encrypted').startsWith('yes')) return encrypted();
  const pages = Number(said('Pages'));
  if (!Number.isInteger(pages) || pages < 1) return unusable('文件里没有页面', '请重新生成后上传。');
  const notes = said('JavaScript') === 'yes' ? ['文件含有脚本，阅读时不会执行'] : [];
  return { usable: true, pages, notes };
}

/** Without poppler: a PDF ends with a cross-reference address and %%EOF; one that was cut off does not. */
async function inspectEnds(path: string): Promise<PdfInspection> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 4096));
    await file.read(tail, 0, tail.length, size - tail.length);
    const text = tail.toString('latin1');
    if (!/startxref\s+\d+\s+%%EOF/.test(text)) return unusable('文件不完整，没有结尾', '请重新生成、重新上传。');
    if (/\/Encrypt\b/.test(text)) return encrypted();
    return { usable: true, notes: ['服务器没有安装 poppler-utils，只核对了文件首尾，没有逐页检查'] };
  } finally {
    await file.close();
  }
}

const unusable = (reason: string, remedy: string): PdfInspection => ({ usable: false, reason, remedy });
const encrypted = () => unusable('文件加了密码或限制', '请去掉密码和权限限制后重新上传。');

/** The text layer of a PDF, empty when it has none or poppler is not installed. Of a long file only the first 50 pages are read. */
export async function textOfPdf(path: string): Promise<string> {
  try {
    const { stdout } = await run('pdftotext', ['-l', '50', '-q', path, '-'], { ...LIMITS, maxBuffer: 8 * 1024 * 1024 });
    return stdout;
  } catch {
    return '';
  }
}
