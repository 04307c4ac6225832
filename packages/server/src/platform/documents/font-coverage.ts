import { readFileSync } from 'node:fs';

/** Says whether a font has a glyph of its own for a code point. */
export type Coverage = (codePoint: number) => boolean;

/**
 * Reads the character map of a TrueType or OpenType font: subtable format 12, as fonts with the rarer Chinese characters have it
 * (ISO/IEC 14496-22, `cmap`). Throws when the font has none.
 */
export function readCoverage(path: string): Coverage {
  const font = readFileSync(path);
  const cmap = tableAt(font, 'cmap');
  const subtables = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < subtables; index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    if (font.readUInt16BE(at) === 12) return coverageOf(readGroups(font, at));
  }
  throw new Error(`${path} has no character map of format 12`);
}

/** Each character of the text that no font has, once, in the order of the text. */
export function uncovered(text: string, fonts: readonly Coverage[]): string[] {
  const missing = new Set<string>();
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint >= 0x20 && !fonts.some((covers) => covers(codePoint))) missing.add(character);
  }
  return [...missing];
}

function tableAt(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index++) {
    const at = 12 + index * 16;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

type Groups = { starts: Uint32Array; ends: Uint32Array };

function readGroups(font: Buffer, at: number): Groups {
  const count = font.readUInt32BE(at + 12);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    starts[index] = font.readUInt32BE(at + 16 + index * 12);
    ends[index] = font.readUInt32BE(at + 16 + index * 12 + 4);
  }
  return { starts, ends };
}

function coverageOf({ starts, ends }: Groups): Coverage {
  return (codePoint) => {
    let low = 0;
    let high = starts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (codePoint < (starts[middle] ?? 0)) high = middle - 1;
      else if (codePoint > (ends[middle] ?? 0)) low = middle + 1;
      else return true;
    }
    return false;
  };
}
