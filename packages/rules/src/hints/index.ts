import { rareCharacters } from './characters.ts';
import type { Hint, HintInput } from './hint.ts';
import { amountsApart } from './money.ts';
import { agreementsTooShort, signatureDates } from './papers.ts';
import { implausibleAges, samePersonTwice, unitsNotPartners } from './people.ts';
import { scheduleGaps } from './schedule.ts';
import { thinTexts, titleBesideTopic } from './texts.ts';

export type { Hint, HintInput } from './hint.ts';

const LOOKS = [
  titleBesideTopic,
  implausibleAges,
  samePersonTwice,
  unitsNotPartners,
  scheduleGaps,
  amountsApart,
  signatureDates,
  agreementsTooShort,
  thinTexts,
  rareCharacters,
] as const;

/** What a reader would ask about before it is sent; whatever the application holds, nothing throws and nothing blocks. */
export const hintsFor = (input: HintInput): Hint[] => LOOKS.flatMap((look) => look(input));
