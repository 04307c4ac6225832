import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openGlyphFont, type GlyphFont } from './glyphs.ts';
import { after, type Matrix, moved, outline, scaled } from './paths.ts';

/** Operators of a PDF content stream in millimetres about the centre of the seal, y upwards. */
export type SealDrawing = { width: number; height: number; content: string };

const require = createRequire(import.meta.url);
const SONG = join(
  dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json')),
  '700Bold',
  'NotoSerifSC_700Bold.ttf',
);

/** Song type, as seals are cut. The file is read for each drawing: fifteen megabytes are not kept for something that is seldom done. */
export const sealFont = (): GlyphFont => openGlyphFont(SONG);

/** Characters that cannot be drawn, each once. */
export function undrawable(texts: readonly string[], font: GlyphFont = sealFont()): string[] {
  return [...new Set(texts.join(''))].filter((character) => character !== ' ' && !font.glyph(character));
}

/** How far above the base line the middle of a Chinese character stands, in em. */
const MIDDLE = 0.38;

/**
 * One character, its middle in the origin, `width` and `height` millimetres for a whole em, then placed by `matrix`. Throws for a character
 * that `undrawable` names.
 */
export function character(font: GlyphFont, text: string, width: number, height: number, matrix: Matrix): string {
  const glyph = font.glyph(text);
  if (!glyph) throw new Error(`the seal font has no ${text}`);
  const em = font.unitsPerEm;
  const centred = moved(-glyph.advance / 2, -MIDDLE * em);
  return outline(glyph.contours, after(after(centred, scaled(width / em, height / em)), matrix));
}

/** A horizontal line of text with its middle in x, y; narrowed where it would be longer than `longest` millimetres. */
export function line(
  font: GlyphFont,
  text: string,
  {
    x = 0,
    y,
    height,
    longest,
    spacing = 1.08,
  }: { x?: number; y: number; height: number; longest: number; spacing?: number },
): string {
  const advances = [...text].map((one) => (font.glyph(one)?.advance ?? 0) / font.unitsPerEm);
  const total = advances.reduce((sum, advance) => sum + advance * spacing, 0);
  const width = Math.min(height, longest / total);
  let at = x - (total * width) / 2;
  return [...text]
    .map((one, index) => {
      const step = (advances[index] ?? 0) * spacing * width;
      at += step;
      return one === ' ' ? '' : character(font, one, width, height, moved(at - step / 2, y));
    })
    .join('\n');
}
