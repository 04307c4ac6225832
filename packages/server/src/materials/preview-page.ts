import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { runTool } from '../platform/inspection/index.ts';
import { openStored } from './read-file.ts';

/** Sharp enough to read small print, about 150 KB a page. */
const DPI = 110;
/** Also of a poster: no side is longer. */
const LONGEST_SIDE = 2400;
const KEPT_MS = 30 * 86_400_000;

const folderOf = ({ config }: Context): string => join(config.dataDir, 'previews');

/** A page of an attachment as a picture, for whoever may read its application. Pages count from 1; drawn once and kept for a month. */
export async function previewPage(
  context: Context,
  by: By,
  { id, page }: { id: string; page: number },
): Promise<Result<ServedFile>> {
  const opened = await openStored(context, by, id);
  if (!opened.ok) return opened;
  const { sha256, mediaType, bytes, fileName, pages } = opened.value;
  if (mediaType.startsWith('image/') && page === 1) {
    return ok({ content: context.files.read(sha256), bytes, mediaType, fileName });
  }
  if (mediaType !== 'application/pdf' || (pages !== null && page > pages)) return noSuchPage(page);
  const kept = join(folderOf(context), sha256, `${page}.jpg`);
  const drawn = (await readFile(kept).catch(() => undefined)) ?? (await draw(context, { sha256, page, kept }));
  if (!(drawn instanceof Uint8Array)) return drawn;
  return ok({ content: drawn, bytes: drawn.length, mediaType: 'image/jpeg', fileName: `${page}.jpg` });
}

type Wanted = { sha256: string; page: number; kept: string };

async function draw(context: Context, { sha256, page, kept }: Wanted): Promise<Buffer | Refused> {
  const drawn = await context.files.borrow(sha256, async (path) => {
    const pages = ['-f', String(page), '-l', String(page)];
    const size = await runTool('pdfinfo', [...pages, path]);
    const longest = size.ended === 'well' ? longestSide(size.stdout.toString('latin1')) : 0;
    const scale = (longest * DPI) / 72 > LONGEST_SIDE ? ['-scale-to', String(LONGEST_SIDE)] : ['-r', String(DPI)];
    const args = ['-jpeg', '-jpegopt', 'quality=82', ...scale, ...pages, path];
    return runTool('pdftoppm', args, { outputBytes: 20 * 1024 * 1024 });
  });
  if (drawn.ended === 'missing') {
    return refused(501, {
      code: 'no_preview',
      message: '服务器没有安装 poppler-utils，不能在页内预览。',
      remedy: '请点文件名，用浏览器打开。',
    });
  }
  if (drawn.ended !== 'well' || drawn.stdout.length === 0) return noSuchPage(page);
  await mkdir(join(kept, '..'), { recursive: true, mode: 0o700 });
  const part = `${kept}.${randomUUID()}`;
  await writeFile(part, drawn.stdout, { mode: 0o600 });
  await rename(part, kept);
  return drawn.stdout;
}

/** In points. */
function longestSide(listing: string): number {
  const [, width, height] = /size:\s+([\d.]+) x ([\d.]+) pts/.exec(listing) ?? [];
  return Math.max(Number(width ?? 0), Number(height ?? 0));
}

const noSuchPage = (page: number): Refused =>
  refused(404, { code: 'no_such_page', message: `第${page}页没有或画不出来。`, remedy: '请点文件名，用浏览器打开。' });

/** Removes pictures that nobody drew for a month; they are drawn again when asked for. */
export async function sweepPreviews(context: Context, now: Date): Promise<void> {
  const folder = folderOf(context);
  for (const name of await readdir(folder).catch(() => [])) {
    const { mtimeMs } = await stat(join(folder, name));
    if (now.getTime() - mtimeMs > KEPT_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
}
