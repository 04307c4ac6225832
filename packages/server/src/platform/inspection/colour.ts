import { runTool } from './run-tool.ts';

/** Enough to see a seal or a signature; an A4 page is 198 × 281 pixels. */
const DPI = 24;
const PAGES_LOOKED_AT = 5;
/** How far the channels of a pixel lie apart, of 255: yellowed paper and compression stay below, red and blue ink above. */
const COLOURED = 48;
/** Fewer than these are specks. */
const FEWEST_PIXELS = 12;

/** Which of the pages that were looked at have no colour; undefined when poppler could not draw them. */
export async function greyPages(path: string, pages: number): Promise<{ looked: number; grey: number[] } | undefined> {
  const chosen = spread(pages);
  const grey: number[] = [];
  for (const page of chosen) {
    const args = ['-r', String(DPI), '-f', String(page), '-l', String(page), path];
    const drawn = await runTool('pdftoppm', args, { outputBytes: 32 * 1024 * 1024 });
    if (drawn.ended !== 'well') return undefined;
    if (!hasColour(drawn.stdout)) grey.push(page);
  }
  return { looked: chosen.length, grey };
}

/** At most five pages, the first and the last among them. */
const spread = (pages: number): number[] => {
  const count = Math.min(pages, PAGES_LOOKED_AT);
  return Array.from({ length: count }, (_, at) => (count === 1 ? 1 : 1 + Math.round((at * (pages - 1)) / (count - 1))));
};

/** Of a binary PPM (P6, 8 bits a channel): header in text, then three bytes a pixel. */
function hasColour(ppm: Buffer): boolean {
  const header = /^P6\s+\d+\s+\d+\s+255\s/.exec(ppm.subarray(0, 64).toString('latin1'));
  if (!header) return false;
  let coloured = 0;
  for (let at = header[0].length; at + 2 < ppm.length; at += 3) {
    const red = ppm[at] ?? 0;
    const green = ppm[at + 1] ?? 0;
    const blue = ppm[at + 2] ?? 0;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) < COLOURED) continue;
    coloured += 1;
    if (coloured >= FEWEST_PIXELS) return true;
  }
  return false;
}
