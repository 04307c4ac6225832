import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

/** The texts of the QR codes of one page, from 1. */
export type PageCodes = { page: number; texts: string[] };

/** The longer side of a page in dots: A4 at 205 dpi, which the small code at its foot needs, however large the page says it is. */
const LONG_SIDE = 2400;
const PAGES_AT_ONCE = 8;
/** Somebody who uploads a book has not scanned a list. */
const MOST_PAGES = 200;
const LIMITS = { seconds: 60, outputBytes: 1024 * 1024 };

/**
 * Reads the QR codes of each page of a PDF: poppler draws the pages, zbar reads them, both in processes of their own with limits. Pages
 * without a code that can be read are left out. `pages` may be more than there are.
 * Undefined when one of the two is not installed.
 */
export async function readCodes(path: string, pages: number): Promise<PageCodes[] | undefined> {
  const found: PageCodes[] = [];
  for (let from = 1; from <= Math.min(pages, MOST_PAGES); from += PAGES_AT_ONCE) {
    const to = Math.min(from + PAGES_AT_ONCE - 1, pages);
    const folder = await mkdtemp(join(tmpdir(), 'keshen-codes-'));
    try {
      const range = ['-f', String(from), '-l', String(to)];
      const size = ['-gray', '-scale-to', String(LONG_SIDE)];
      const drawn = await runTool('pdftoppm', [...size, ...range, path, join(folder, 'page')], LIMITS);
      if (drawn.ended === 'missing') return undefined;
      const pictures = (await readdir(folder)).map((name) => join(folder, name));
      // No page left: the file has fewer than were asked for.
      if (pictures.length === 0) break;
      const codes = await readPictures(pictures);
      if (!codes) return undefined;
      found.push(...codes);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return found.toSorted((a, b) => a.page - b.page);
}

/** The codes of a picture file, as the first page. Undefined when zbar is not installed. */
export const readPicture = async (path: string): Promise<PageCodes[] | undefined> =>
  (await readPictures([path]))?.map((one) => ({ ...one, page: 1 }));

async function readPictures(paths: readonly string[]): Promise<PageCodes[] | undefined> {
  const read = await runTool('zbarimg', ['--xml', '-q', '-Sdisable', '-Sqrcode.enable', ...paths], LIMITS);
  if (read.ended === 'missing') return undefined;
  // zbar ends badly when a picture has no code; what it found is written all the same.
  return 'stdout' in read ? codesIn(read.stdout.toString('utf8')) : [];
}

function codesIn(xml: string): PageCodes[] {
  return xml
    .split('<source ')
    .slice(1)
    .map((source) => ({
      page: Number(/^href='[^']*page-(\d+)\.pgm'/.exec(source)?.[1] ?? 0),
      texts: [...source.matchAll(/<data[^>]*><!\[CDATA\[([^\]]*)\]\]><\/data>/g)].map(([, text = '']) => text),
    }));
}
