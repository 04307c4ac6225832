import type { Contour } from './glyphs.ts';

/** `[a b c d e f]` as PDF writes it: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** `first` is applied first. */
export const after = (first: Matrix, then: Matrix): Matrix => [
  first[0] * then[0] + first[1] * then[2],
  first[0] * then[1] + first[1] * then[3],
  first[2] * then[0] + first[3] * then[2],
  first[2] * then[1] + first[3] * then[3],
  first[4] * then[0] + first[5] * then[2] + then[4],
  first[4] * then[1] + first[5] * then[3] + then[5],
];

export const moved = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y];
export const scaled = (x: number, y: number): Matrix => [x, 0, 0, y, 0, 0];
/** Clockwise, in degrees, as a hand goes round a clock. */
export const turned = (degrees: number): Matrix => {
  const [sine, cosine] = [Math.sin((-degrees * Math.PI) / 180), Math.cos((-degrees * Math.PI) / 180)];
  return [cosine, sine, -sine, cosine, 0, 0];
};

const KAPPA = 0.5522847498;

/** Up to 1/1000 of the unit, so that the same drawing is the same bytes on every machine. */
const number = (value: number): string => String(Math.round(value * 1000) / 1000 || 0);
const numbers = (...values: number[]): string => values.map(number).join(' ');

/** A circle about the origin as four Bézier curves. */
export const circle = (radius: number): string => {
  const [r, k] = [radius, radius * KAPPA];
  return [
    `${numbers(r, 0)} m`,
    `${numbers(r, k, k, r, 0, r)} c`,
    `${numbers(-k, r, -r, k, -r, 0)} c`,
    `${numbers(-r, -k, -k, -r, 0, -r)} c`,
    `${numbers(k, -r, r, -k, r, 0)} c h`,
  ].join('\n');
};

/** The five-pointed star about the origin, one point upwards. */
export const star = (radius: number): string => {
  // The inner corners lie where the lines between every second point cross.
  const inner = (radius * Math.sin(Math.PI / 10)) / Math.sin((3 * Math.PI) / 10);
  return polygon(
    Array.from({ length: 10 }, (_, index) => {
      const angle = Math.PI / 2 + (index * Math.PI) / 5;
      const length = index % 2 ? inner : radius;
      return [length * Math.cos(angle), length * Math.sin(angle)];
    }),
  );
};

/** A rectangle about the origin with rounded corners. */
export const roundedRectangle = (width: number, height: number, radius: number): string => {
  const [x, y, r, k] = [width / 2, height / 2, radius, radius * (1 - KAPPA)];
  return [
    `${numbers(-x + r, -y)} m`,
    `${numbers(x - r, -y)} l`,
    `${numbers(x - k, -y, x, -y + k, x, -y + r)} c`,
    `${numbers(x, y - r)} l`,
    `${numbers(x, y - k, x - k, y, x - r, y)} c`,
    `${numbers(-x + r, y)} l`,
    `${numbers(-x + k, y, -x, y - k, -x, y - r)} c`,
    `${numbers(-x, -y + r)} l`,
    `${numbers(-x, -y + k, -x + k, -y, -x + r, -y)} c h`,
  ].join('\n');
};

const polygon = (points: number[][]): string =>
  `${points.map(([x = 0, y = 0], index) => `${numbers(x, y)} ${index ? 'l' : 'm'}`).join('\n')} h`;

/** A glyph's outline under a matrix: quadratic segments become cubic ones, which are the only ones that PDF has. */
export const outline = (contours: readonly Contour[], matrix: Matrix): string =>
  contours
    .filter((contour) => contour.length > 1)
    .map((contour) => contourPath(contour, matrix))
    .join('\n');

type Point = Contour[number];
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, onCurve: true });

function contourPath(contour: Contour, m: Matrix): string {
  const at = ({ x, y }: { x: number; y: number }): [number, number] => [
    m[0] * x + m[2] * y + m[4],
    m[1] * x + m[3] * y + m[5],
  ];
  // Two neighbours off the curve have a point of the curve half-way between them.
  const points = contour.flatMap((point, index) => {
    const next = contour[(index + 1) % contour.length] ?? point;
    return point.onCurve || next.onCurve ? [point] : [point, between(point, next)];
  });
  const first = points.findIndex(({ onCurve }) => onCurve);
  const round = [...points.slice(first), ...points.slice(0, first + 1)];
  const parts: string[] = [];
  let last: Point | undefined;
  let control: Point | undefined;
  for (const point of round) {
    if (!last) parts.push(`${numbers(...at(point))} m`);
    else if (!point.onCurve) {
      control = point;
      continue;
    } else if (control) {
      const toControl = (end: Point, bend: Point) => ({
        x: end.x + (2 / 3) * (bend.x - end.x),
        y: end.y + (2 / 3) * (bend.y - end.y),
      });
      parts.push(`${numbers(...at(toControl(last, control)), ...at(toControl(point, control)), ...at(point))} c`);
    } else parts.push(`${numbers(...at(point))} l`);
    last = point;
    control = undefined;
  }
  return `${parts.join('\n')} h`;
}
