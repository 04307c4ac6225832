import type { ListContent } from './list-content.ts';

/** A page of A4 across: 297 mm less 28 mm and 20 mm of margin; upright 210 mm. */
const ROOM_MM = { across: 249, upright: 162 };
const MM_PER_POINT = 0.3528;
/** The inset of a cell on both sides. */
const INSET_MM = 2.9;

/** `wholes`: columns in which no word is longer than the line. */
export type Layout = { flipped: boolean; size: number; widths: string[]; wholes: boolean[] };

/**
 * How a list lies on the page: across with more than seven columns, smaller with more than nine, and how wide each column is so that all
 * fill the page. What must not break (figures, codes, halves of dates, short names) gets the room it needs on one line; long texts share
 * the rest by how much they hold.
 */
export function layoutOf({ columns, rows, totals }: Pick<ListContent, 'columns' | 'rows' | 'totals'>): Layout {
  const flipped = columns.length > 7;
  const size = columns.length > 11 ? 7.5 : columns.length > 9 ? 8.5 : 9.5;
  const wanted = columns.map(({ title, type }, index) => {
    const cells = [...rows.map((row) => row[index] ?? ''), totals?.[index] ?? ''].map((cell) => lengthOf(cell, type));
    const longest = Math.max(...cells);
    const mean = cells.reduce((sum, one) => sum + one, 0) / cells.length;
    const head = headLength(title);
    const isOpen = type === 'text' && longest > 7 && rows.some((row) => /[\u2e80-\uffff]/.test(row[index] ?? ''));
    // Half of a long name fits on a line, and no more is asked for.
    return isOpen
      ? { least: Math.max(head, Math.min(6, longest / 2)), wish: Math.min(30, (longest + mean) / 2) }
      : { least: Math.max(head, longest), wish: 0 };
  });
  const least = wanted.map((one) => one.least * size * MM_PER_POINT + INSET_MM);
  const spare = Math.max(0, (flipped ? ROOM_MM.across : ROOM_MM.upright) - least.reduce((sum, one) => sum + one, 0));
  const shares = wanted.map((one) => Math.max(0, one.wish - one.least));
  const all = shares.reduce((sum, one) => sum + one, 0);
  const widths = least.map((mm, index) => mm + (all === 0 ? 0 : (spare * (shares[index] ?? 0)) / all));
  return {
    flipped,
    size,
    widths: widths.map((mm) => `${mm.toFixed(1)}fr`),
    wholes: wanted.map(({ wish }) => wish === 0),
  };
}

/** How a cell is broken on purpose: a date after the year, the unit of an amount below its name. */
export const brokenCell = (cell: string, type: string): string => (type === 'date' ? cell.replace('年', '年\n') : cell);
export const brokenHead = (title: string): string => title.replace('（万元）', '\n（万元）');

/** In Chinese characters, with the thin space that is set between Chinese and Latin; the longer half of a date. */
function lengthOf(cell: string, type: string): number {
  return Math.max(...brokenCell(cell, type).split('\n').map(widthOf));
}

const widthOf = (text: string): number => {
  const letters = Array.from(text);
  const turns = letters.filter((one, at) => at > 0 && isWide(one) !== isWide(letters[at - 1] ?? one)).length;
  return letters.reduce((sum, one) => sum + (isWide(one) ? 1 : 0.57), 0.1) + turns * 0.25;
};

const isWide = (letter: string): boolean => letter > '\u2e80';

/** A short head stands in two lines, a long one in as many as it takes: eleven columns of one table have to fit. */
const headLength = (title: string): number => {
  const longest = Math.max(...brokenHead(title).split('\n').map(widthOf));
  return longest <= 4 ? longest : longest <= 12 ? Math.max(3, Math.ceil(longest / 2)) : 6;
};
