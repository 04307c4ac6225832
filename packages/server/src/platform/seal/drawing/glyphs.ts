import { readFileSync } from 'node:fs';

/** A closed outline of straight and quadratic segments in font units; a point that is off the curve bends the segment it stands in. */
export type Contour = { x: number; y: number; onCurve: boolean }[];

export type Glyph = { contours: Contour[]; advance: number };

export type GlyphFont = {
  unitsPerEm: number;
  /** `undefined` when the font has no glyph of its own for the character. */
  glyph(character: string): Glyph | undefined;
};

/**
 * Reads the outlines of a TrueType font (ISO/IEC 14496-22: `cmap` of format 12, `loca`, `glyf`, `hmtx`). A seal is drawn as outlines, so
 * that no reader can replace its font. Throws when the font has no such tables.
 */
export function openGlyphFont(path: string): GlyphFont {
  const font = readFileSync(path);
  const tables = tablesOf(font);
  const table = (tag: string): Buffer => {
    const found = tables.get(tag);
    if (!found) throw new Error(`${path} has no table ${tag}`);
    return found;
  };
  const [head, cmap, loca, glyf, hmtx] = [table('head'), table('cmap'), table('loca'), table('glyf'), table('hmtx')];
  const longOffsets = head.readInt16BE(50) === 1;
  const metrics = table('hhea').readUInt16BE(34);
  const indexOf = characterMap(cmap);

  const dataOf = (index: number): Buffer =>
    longOffsets
      ? glyf.subarray(loca.readUInt32BE(index * 4), loca.readUInt32BE(index * 4 + 4))
      : glyf.subarray(loca.readUInt16BE(index * 2) * 2, loca.readUInt16BE(index * 2 + 2) * 2);
  const contoursOf = (index: number): Contour[] => {
    const data = dataOf(index);
    if (data.length === 0) return [];
    return data.readInt16BE(0) >= 0 ? simpleOutline(data) : compositeOutline(data, contoursOf);
  };

  return {
    unitsPerEm: head.readUInt16BE(18),
    glyph(character) {
      const index = indexOf(character.codePointAt(0) ?? 0);
      if (index === 0) return undefined;
      return { contours: contoursOf(index), advance: hmtx.readUInt16BE(Math.min(index, metrics - 1) * 4) };
    },
  };
}

function tablesOf(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = 12 + index * 16;
    const start = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12)));
  }
  return tables;
}

/** Glyph index by code point, 0 where the font has none. */
function characterMap(cmap: Buffer): (codePoint: number) => number {
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4);
    if (cmap.readUInt16BE(at) !== 12) continue;
    const groups = cmap.readUInt32BE(at + 12);
    return (codePoint) => {
      for (let group = at + 16; group < at + 16 + groups * 12; group += 12) {
        const start = cmap.readUInt32BE(group);
        if (codePoint >= start && codePoint <= cmap.readUInt32BE(group + 4))
          return cmap.readUInt32BE(group + 8) + codePoint - start;
      }
      return 0;
    };
  }
  throw new Error('the font has no character map of format 12');
}

const ON_CURVE = 1;
const REPEATED = 8;

function simpleOutline(data: Buffer): Contour[] {
  const ends = Array.from({ length: data.readInt16BE(0) }, (_, index) => data.readUInt16BE(10 + index * 2));
  const count = (ends.at(-1) ?? -1) + 1;
  let at = 10 + ends.length * 2;
  at += 2 + data.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < count) {
    const flag = data.readUInt8(at++);
    const times = flag & REPEATED ? data.readUInt8(at++) + 1 : 1;
    for (let time = 0; time < times; time++) flags.push(flag);
  }
  // A coordinate is a step from the one before: a byte with its sign in the flags, two bytes, or none where nothing moves.
  const coordinates = (short: number, same: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? data.readUInt8(at++) : -data.readUInt8(at++);
      else if (!(flag & same)) {
        value += data.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(2, 16);
  const ys = coordinates(4, 32);
  let from = 0;
  return ends.map((end) => {
    const contour: Contour = [];
    for (; from <= end; from++)
      contour.push({ x: xs[from] ?? 0, y: ys[from] ?? 0, onCurve: ((flags[from] ?? 0) & ON_CURVE) !== 0 });
    return contour;
  });
}

const WORDS = 1;
const OFFSETS = 2;
const SCALE = 8;
const MORE = 0x20;
const SCALE_XY = 0x40;
const MATRIX = 0x80;

/** A glyph made of others, each moved and perhaps scaled. Placing by matched points is not used by fonts for Chinese. */
function compositeOutline(data: Buffer, contoursOf: (index: number) => Contour[]): Contour[] {
  const outline: Contour[] = [];
  let at = 10;
  let flags: number;
  do {
    flags = data.readUInt16BE(at);
    const part = contoursOf(data.readUInt16BE(at + 2));
    at += 4;
    if (!(flags & OFFSETS)) throw new Error('a glyph placed by matched points');
    const [dx, dy] =
      flags & WORDS ? [data.readInt16BE(at), data.readInt16BE(at + 2)] : [data.readInt8(at), data.readInt8(at + 1)];
    at += flags & WORDS ? 4 : 2;
    const numbers = flags & MATRIX ? 4 : flags & SCALE_XY ? 2 : flags & SCALE ? 1 : 0;
    const [a = 1, b = a, c, d] = Array.from(
      { length: numbers },
      (_, index) => data.readInt16BE(at + index * 2) / 16384,
    );
    at += numbers * 2;
    const [xx, xy, yx, yy] = c !== undefined && d !== undefined ? [a, b, c, d] : [a, 0, 0, b];
    outline.push(
      ...part.map((contour) =>
        contour.map(({ x, y, onCurve }) => ({ x: xx * x + yx * y + dx, y: xy * x + yy * y + dy, onCurve })),
      ),
    );
  } while (flags & MORE);
  return outline;
}
