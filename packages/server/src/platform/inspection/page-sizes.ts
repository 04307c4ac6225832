type Size = { page: number; width: number; height: number };

/** A point is 1/72 inch. */
const MM_PER_POINT = 25.4 / 72;
/** In mm. Paper that is off by less is still called A4. */
const A4 = { short: 210, long: 297, tolerance: 8 };
const SMALLEST_MM = 50;
const LARGEST_MM = 1200;

/** What is odd about the sizes that `pdfinfo -f -l` lists: pages that are no A4, and such as nobody can print. */
export function pageOddities(listing: string): string[] {
  const sizes = [...listing.matchAll(/^Page\s+(\d+) size:\s+([\d.]+) x ([\d.]+) pts/gm)].map(
    ([, page, width, height]): Size => ({
      page: Number(page),
      width: Number(width) * MM_PER_POINT,
      height: Number(height) * MM_PER_POINT,
    }),
  );
  const strange = sizes.filter(
    ({ width, height }) => Math.min(width, height) < SMALLEST_MM || Math.max(width, height) > LARGEST_MM,
  );
  const other = sizes.filter((size) => !strange.includes(size) && !isA4(size));
  return [
    ...strange
      .slice(0, 1)
      .map(
        ({ page, width, height }) =>
          `第${page}页的幅面是 ${Math.round(width)}×${Math.round(height)} 毫米，不像一页纸，请核对`,
      ),
    ...(other.length > 0 ? [`${pagesInWords(other)}不是 A4 幅面，打印时会缩放`] : []),
  ];
}

const isA4 = ({ width, height }: Size): boolean =>
  Math.abs(Math.min(width, height) - A4.short) <= A4.tolerance &&
  Math.abs(Math.max(width, height) - A4.long) <= A4.tolerance;

const pagesInWords = (sizes: readonly Size[]): string => {
  const numbers = sizes.map(({ page }) => page);
  return numbers.length <= 5 ? `第${numbers.join('、')}页` : `第${numbers.slice(0, 5).join('、')}等${numbers.length}页`;
};
