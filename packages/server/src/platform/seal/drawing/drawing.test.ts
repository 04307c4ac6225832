import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ask, installed, temporaryDirectory } from '../test-bench.ts';
import { sealFont, type SealDrawing, undrawable } from './lettering.ts';
import { nameSeal } from './name-seal.ts';
import { after, moved, outline, scaled, turned } from './paths.ts';
import { roundSeal } from './round-seal.ts';

const directory = temporaryDirectory();
const DOTS = 10;

/** The seal alone on a page of its size, as a grey picture of ten dots a millimetre: `ink(x, y)` from the middle, y upwards. */
async function picture({ width, height, content }: SealDrawing) {
  const document = await PDFDocument.create();
  const points = 72 / 25.4;
  const page = document.addPage([width * points, height * points]);
  const operators = `${points} 0 0 ${points} ${(width / 2) * points} ${(height / 2) * points} cm\n${content}`;
  page.node.set(PDFName.of('Contents'), document.context.register(document.context.flateStream(operators)));
  const size = width * DOTS;
  ask(
    directory,
    { 'seal.pdf': await document.save() },
    'pdftoppm',
    '-gray',
    '-singlefile',
    '-scale-to',
    String(size),
    'seal.pdf',
    'seal',
  );
  const file = readFileSync(`${directory}/seal.pgm`);
  const [columns = 0, rows = 0] = file.toString('latin1', 0, 20).split(/\s+/).slice(1, 3).map(Number);
  const pixels = file.subarray(-columns * rows);
  const ink = (x: number, y: number) => {
    const column = Math.floor((0.5 + x / width) * columns);
    const row = Math.floor((0.5 - y / height) * rows);
    return (pixels[row * columns + column] ?? 255) < 128;
  };
  /** The share of inked dots in a ring, by degrees clockwise from the top. */
  const ring = (from: number, to: number, start: number, end: number) => {
    let [all, inked] = [0, 0];
    for (let degrees = start; degrees < end; degrees += 0.5)
      for (let radius = from; radius < to; radius += 0.1, all++)
        if (ink(radius * Math.sin((degrees * Math.PI) / 180), radius * Math.cos((degrees * Math.PI) / 180))) inked++;
    return inked / all;
  };
  return { ink, ring };
}

test.skipIf(!installed('pdftoppm'))(
  'an organisation’s seal: border, star, name on the arc from left to right, 演练 under the star',
  async () => {
    const live = await picture(roundSeal({ name: '内蒙古某某草原生态科学研究院', lines: [], rehearsal: false }));
    expect(live.ring(18.9, 19.9, 0, 360)).toBe(1);
    expect(live.ring(17.8, 18.7, 0, 360)).toBeLessThan(0.02);
    expect(live.ink(0, 0)).toBe(true);
    expect(live.ink(0, 6.5)).toBe(true);
    expect(live.ink(0, -6)).toBe(false);
    expect(live.ring(12.5, 17.5, -130, 130)).toBeGreaterThan(0.15);
    expect(live.ring(8, 17.5, 150, 210)).toBe(0);
    const rehearsal = await picture(roundSeal({ name: '内蒙古某某草原生态科学研究院', lines: [], rehearsal: true }));
    expect(rehearsal.ring(8, 13, 160, 200)).toBeGreaterThan(0.1);
  },
);

test.skipIf(!installed('pdftoppm'))(
  'names from two to forty characters keep inside the border and clear of the star',
  async () => {
    const long = '内蒙古自治区某某农牧业科学院蔬菜与特色作物研究所国际科技合作与成果转化中心（呼和浩特）';
    for (const name of ['某某', '某某大学', 'ABC（内蒙古）科技有限公司', long.slice(0, 40)]) {
      const { ring } = await picture(roundSeal({ name, lines: [], rehearsal: false }));
      expect(ring(17.8, 18.7, 0, 360), name).toBeLessThan(0.02);
      expect(ring(7.3, 12, 0, 360), name).toBe(0);
    }
  },
);

test.skipIf(!installed('pdftoppm'))(
  'a name seal is a square full of its name, with 演练 at the foot in rehearsal',
  async () => {
    for (const name of ['王芳', '张建国', '欧阳文远', '乌云其木格', '阿拉坦·格日勒', 'John Smith']) {
      const { ink } = await picture(nameSeal({ name, rehearsal: false }));
      const side = (x: number, y: number) => ink(x, y) && ink(-x, y) && ink(x, -y);
      expect(side(9.5, 0) && side(0, 9.5), name).toBe(true);
      const quarters = [1, -1].flatMap((x) => [1, -1].map((y) => [x, y] as const));
      for (const [x, y] of quarters) {
        const dots = Array.from({ length: 400 }, (_, index) =>
          ink(x * (0.5 + (index % 20) * 0.38), y * (0.5 + Math.floor(index / 20) * 0.38)),
        );
        expect(dots.filter(Boolean).length, `${name} ${x} ${y}`).toBeGreaterThan(30);
      }
    }
    // In rehearsal the name moves up and makes room for the narrow 演练.
    const corner = async (rehearsal: boolean) => {
      const { ink } = await picture(nameSeal({ name: '张建国', rehearsal }));
      return Array.from({ length: 400 }, (_, index) =>
        ink(4.5 + (index % 20) * 0.15, -8 + Math.floor(index / 20) * 0.12),
      );
    };
    expect((await corner(false)).some(Boolean)).toBe(true);
    expect((await corner(true)).some(Boolean)).toBe(false);
  },
);

test('the same seal is the same bytes', () => {
  const seal = { name: '某某大学', lines: ['科技项目申报专用章'], rehearsal: true };
  expect(roundSeal(seal)).toEqual(roundSeal(seal));
});

test('characters that cannot be drawn are named once', () => {
  expect(undrawable(['某某😀大学', '李 四😀𬭎'])).toEqual(['😀']);
  expect(sealFont().glyph('😀')).toBeUndefined();
});

test('a square outline comes out where the matrix puts it', () => {
  const corners = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ].map(([x = 0, y = 0]) => ({ x, y, onCurve: true }));
  expect(outline([corners], after(scaled(0.1, 0.2), moved(5, 5)))).toBe('5 5 m\n6 5 l\n6 7 l\n5 7 l\n5 5 l h');
  expect(outline([corners], turned(90))).toBe('0 0 m\n0 -10 l\n10 -10 l\n10 0 l\n0 0 l h');
});
