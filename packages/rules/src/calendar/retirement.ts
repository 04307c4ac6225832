import { addMonths, dateOf, type Day } from './dates.ts';

/**
 * Statutory retirement under the decision of the NPC Standing Committee of 2024-09-13, in force from 2025-01-01: men 60 to
 * 63 and women of the 55 class to 58 by one month for every four, women of the 50 class to 55 by one month for every two.
 */
export type OriginalRetirementAge = 50 | 55 | 60;

type Class = { base: number; firstBirth: { year: number; month: number }; step: number; cap: number };

const CLASSES: Record<OriginalRetirementAge, Class> = {
  60: { base: 60, firstBirth: { year: 1965, month: 1 }, step: 4, cap: 36 },
  55: { base: 55, firstBirth: { year: 1970, month: 1 }, step: 4, cap: 36 },
  50: { base: 50, firstBirth: { year: 1975, month: 1 }, step: 2, cap: 60 },
};

export const isOriginalRetirementAge = (age: number): age is OriginalRetirementAge =>
  age === 50 || age === 55 || age === 60;

/** Months of age at which somebody born on `birth` retires. */
export function retirementAgeInMonths(birth: Day, originalAge: OriginalRetirementAge): number {
  const { base, firstBirth, step, cap } = CLASSES[originalAge];
  const born = dateOf(birth);
  const monthsAfterFirst = (born.year - firstBirth.year) * 12 + born.month - firstBirth.month;
  const delay = monthsAfterFirst < 0 ? 0 : Math.min(cap, Math.floor(monthsAfterFirst / step) + 1);
  return base * 12 + delay;
}

/**
 * The day the statutory retirement age is reached. The original age is recorded per person and confirmed by the
 * organisation; a man's is always 60.
 */
export const retirementDate = (birth: Day, originalAge: OriginalRetirementAge): Day =>
  addMonths(birth, retirementAgeInMonths(birth, originalAge));
