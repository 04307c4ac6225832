import { rareCharacters } from './characters.ts';
import type { Hint, HintInput } from './hint.ts';
import { amountsApart } from './money.ts';
import { implausibleAges, samePersonTwice } from './people.ts';
import { scheduleGaps } from './schedule.ts';
import { thinTexts, titleBesideTopic } from './texts.ts';

export type { Hint, HintInput } from './hint.ts';

const LOOKS = [
  titleBesideTopic,
  implausibleAges,
  samePersonTwice,
  scheduleGaps,
  amountsApart,
  thinTexts,
  rareCharacters,
] as const;

/** What a reader would ask about before it is sent; whatever the application holds, nothing throws and nothing blocks. */
export const hintsFor = (input: HintInput): Hint[] => LOOKS.flatMap((look) => look(input));
