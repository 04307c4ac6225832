import { character, line, sealFont, type SealDrawing } from './lettering.ts';
import { after, circle, moved, star, turned } from './paths.ts';

/**
 * Millimetres. An organisation's seal is round, at most 45 mm across, with a star in the middle and the name around it from left to right
 * in Song type (国发〔1999〕25号); 40 mm with a star of 14 mm is the usual size.
 */
const RADIUS = 20;
const BORDER = 1.2;
const STAR = 7;
/** The outer ends of the characters stay clear of the border. */
const GAP = 1.1;
/** Degrees of the circle that the name may take; the rest is left open at the bottom, more of it for lines of text. */
const LONGEST_ARC = 272;
const LONGEST_ARC_ABOVE_LINES = 226;
const WIDEST_STEP = 32;

/**
 * An organisation's round seal: border, star, the name on the arc from left to right, lines of text under the star. In rehearsal the last
 * line is 演练.
 */
export function roundSeal({
  name,
  lines,
  rehearsal,
}: {
  name: string;
  lines: readonly string[];
  rehearsal: boolean;
}): SealDrawing {
  const font = sealFont();
  const characters = [...name];
  const arc = lines.length > 0 ? LONGEST_ARC_ABOVE_LINES : LONGEST_ARC;
  const step = Math.min(WIDEST_STEP, arc / Math.max(characters.length - 1, 1));
  const height = characters.length > 26 ? 4.6 : characters.length > 14 ? 5.2 : 5.6;
  const middle = RADIUS - BORDER - GAP - height / 2;
  const room = 2 * Math.PI * middle * (step / 360);
  const width = Math.min(height * 0.86, room * 0.96);
  const first = (-step * (characters.length - 1)) / 2;
  const onArc = characters
    .map((one, index) =>
      one === ' ' ? '' : character(font, one, width, height, after(moved(0, middle), turned(first + index * step))),
    )
    .join('\n');
  const below = [...lines.map((text) => ({ text, height: 3.2 })), ...(rehearsal ? [{ text: '演练', height: 4 }] : [])];
  let y = -STAR - 1;
  const under = below.map((one) => {
    y -= one.height / 2 + 0.6;
    const drawn = line(font, one.text, { y, height: one.height, longest: 21 });
    y -= one.height / 2;
    return drawn;
  });
  return {
    width: RADIUS * 2,
    height: RADIUS * 2,
    content: [`${BORDER} w`, circle(RADIUS - BORDER / 2), 'S', star(STAR), 'f', onArc, 'f', ...under, 'f'].join('\n'),
  };
}
