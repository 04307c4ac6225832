import type { GlyphFont } from './glyphs.ts';
import { character, line, sealFont, type SealDrawing } from './lettering.ts';
import { moved, roundedRectangle } from './paths.ts';

/** Millimetres. */
const SIDE = 20;
const BORDER = 1.1;
const REHEARSAL_BAND = 4;

/**
 * A legal representative's square seal. A Chinese name is read from top to bottom and from right to left, filled up with 印 or 之印 so that
 * the square is full; a name with spaces, dots or Latin letters is set in lines. In rehearsal 演练 stands at the foot.
 */
export function nameSeal({ name, rehearsal }: { name: string; rehearsal: boolean }): SealDrawing {
  const font = sealFont();
  const field = SIDE - 2 * BORDER - 1.6;
  const box = { width: field, height: field - (rehearsal ? REHEARSAL_BAND : 0), y: rehearsal ? REHEARSAL_BAND / 2 : 0 };
  const inColumns = /^\p{Script=Han}+$/u.test(name);
  return {
    width: SIDE,
    height: SIDE,
    content: [
      `${BORDER} w`,
      roundedRectangle(SIDE - BORDER, SIDE - BORDER, 0.8),
      'S',
      inColumns ? columns(font, name, box) : rows(font, name, box),
      'f',
      ...(rehearsal ? [line(font, '演练', { y: -field / 2 + 1.5, height: 3.4, longest: field }), 'f'] : []),
    ].join('\n'),
  };
}

type Box = { width: number; height: number; y: number };

function columns(font: GlyphFont, name: string, box: Box): string {
  const characters = [...name];
  const { across, down } = gridFor(characters.length, box);
  const missing = across * down - characters.length;
  // With one place left it is 印, with two 之印; more are left open at the foot of the last column.
  const text = [...characters, ...(missing === 1 ? '印' : missing === 2 ? '之印' : '')];
  const [width, height] = [box.width / across, box.height / down];
  return text
    .map((one, index) => {
      const column = Math.floor(index / down);
      const x = box.width / 2 - width * (column + 0.5);
      const y = box.y + box.height / 2 - height * ((index % down) + 0.5);
      return character(font, one, width * 1.02, height * 1.02, moved(x, y));
    })
    .join('\n');
}

/** Of the grids that can be filled up, the one whose places are nearest to squares. */
function gridFor(count: number, box: Box): { across: number; down: number } {
  const grids = Array.from({ length: Math.max(1, Math.ceil(count / 2) - 1) }, (_, index) => {
    const across = index + 2;
    const down = Math.max(2, Math.ceil(count / across));
    const left = across * down - count;
    const skew = Math.abs(Math.log(box.width / across / (box.height / down)));
    return { across, down, cost: skew + (left > 2 ? 1 : 0) };
  });
  return grids.reduce((best, grid) => (grid.cost < best.cost ? grid : best));
}

function rows(font: GlyphFont, name: string, box: Box): string {
  // A dot stays with the part before it.
  const parts = name.match(/[^\s·•]+[·•]?/g) ?? [name];
  const height = box.height / Math.max(parts.length, 2);
  return parts
    .map((part, index) =>
      line(font, part, {
        y: box.y + height * ((parts.length - 1) / 2 - index),
        height: Math.min(height * 0.9, 6.5),
        longest: box.width,
        spacing: 1,
      }),
    )
    .join('\n');
}
