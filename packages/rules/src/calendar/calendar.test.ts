import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  addWorkingDays,
  dateOfInstant,
  daysBeyondMonths,
  isoDate,
  isoInstant,
  isWorkingDay,
  lastsAtLeast,
  lastsAtMost,
  monthsBetween,
  officialDate,
  officialInstant,
  parseDate,
  parseInstant,
  retirementAgeInMonths,
  retirementDate,
  UnknownYear,
  weekday,
  yearsBetween,
  type OriginalRetirementAge,
} from './index.ts';

const day = (text: string): number => {
  const parsed = parseDate(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

const someDay = fc.integer({ min: day('1900-01-01'), max: day('2100-12-31') });

describe('calendar dates', () => {
  it('agrees with the platform on every day', () => {
    fc.assert(
      fc.property(someDay, (value) => {
        const date = new Date(value * 86_400_000);
        expect(isoDate(value)).toBe(date.toISOString().slice(0, 10));
        expect(parseDate(isoDate(value))).toBe(value);
        expect(weekday(value)).toBe(date.getUTCDay() || 7);
      }),
    );
  });

  it('refuses days that do not exist', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '0000-01-01',
      '2026-04-31',
      '２０２６-01-01',
    ]) {
      expect(parseDate(text), text).toBeUndefined();
    }
    expect(parseDate('2024-02-29')).toBeDefined();
    expect(officialDate(day('2026-05-08'))).toBe('2026年5月8日');
  });

  it('counts months with both ends inclusive', () => {
    expect(monthsBetween(day('2026-01-01'), day('2027-12-31'))).toBe(24);
    expect(monthsBetween(day('2026-01-01'), day('2029-01-01'))).toBe(36);
    expect(daysBeyondMonths(day('2026-01-01'), day('2029-01-01'))).toBe(1);
    expect(monthsBetween(day('2026-01-31'), day('2026-02-27'))).toBe(1);
    expect(monthsBetween(day('2026-05-01'), day('2026-04-01'))).toBe(0);
    expect(lastsAtMost(day('2026-01-01'), day('2028-12-31'), 36)).toBe(true);
    expect(lastsAtMost(day('2026-01-01'), day('2029-01-01'), 36)).toBe(false);
    expect(lastsAtLeast(day('2026-01-01'), day('2027-12-30'), 24)).toBe(false);
  });

  it('keeps months and bounds of a period in step', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 4000 }), (from, length) => {
        const months = monthsBetween(from, from + length);
        expect(lastsAtLeast(from, from + length, months)).toBe(true);
        expect(lastsAtLeast(from, from + length, months + 1)).toBe(false);
      }),
    );
  });

  it('reaches an age on the birthday itself', () => {
    expect(yearsBetween(day('1966-01-01'), day('2026-01-01'))).toBe(60);
    expect(yearsBetween(day('1966-01-01'), day('2025-12-31'))).toBe(59);
    expect(addMonths(day('2026-01-31'), 1)).toBe(day('2026-02-28'));
  });
});

describe('statutory retirement under the reform of 2025', () => {
  it.each<[OriginalRetirementAge, string, string]>([
    [60, '1964-12', '2024-12'],
    [60, '1965-01', '2025-02'],
    [60, '1965-05', '2025-07'],
    [60, '1966-01', '2026-05'],
    [60, '1967-01', '2027-08'],
    [60, '1968-12', '2029-12'],
    [60, '1976-08', '2039-07'],
    [60, '1976-09', '2039-09'],
    [60, '1990-01', '2053-01'],
    [55, '1970-01', '2025-02'],
    [55, '1970-06', '2025-08'],
    [55, '1981-08', '2039-07'],
    [55, '1981-09', '2039-09'],
    [50, '1975-01', '2025-02'],
    [50, '1975-03', '2025-05'],
    [50, '1984-10', '2039-09'],
    [50, '1984-11', '2039-11'],
  ])('%i, born %s, retires in %s', (originalAge, birth, retires) => {
    expect(isoDate(retirementDate(day(`${birth}-15`), originalAge)).slice(0, 7)).toBe(retires);
  });

  it('never lets a later birth retire earlier, nor beyond the cap', () => {
    fc.assert(
      fc.property(someDay, fc.constantFrom(50, 55, 60), (birth, age) => {
        const months = retirementAgeInMonths(birth, age);
        expect(months).toBeLessThanOrEqual(age * 12 + (age === 50 ? 60 : 36));
        expect(retirementAgeInMonths(birth + 31, age)).toBeGreaterThanOrEqual(months);
      }),
    );
  });
});

describe('instants in Asia/Shanghai', () => {
  it('reads local and offset writings alike', () => {
    const closing = parseInstant('2025-11-28 17:00');
    expect(parseInstant('2025-11-28T17:00:00.000+08:00')).toBe(closing);
    expect(parseInstant('2025-11-28T09:00:00Z')).toBe(closing);
    expect(isoInstant(closing ?? 0)).toBe('2025-11-28T17:00:00.000+08:00');
    expect(officialInstant(closing ?? 0)).toBe('2025年11月28日 17:00');
    expect(officialInstant((closing ?? 0) + 1)).toBe('2025年11月28日 17:00:00.001');
    expect(dateOfInstant(parseInstant('2025-11-27T16:30:00Z') ?? 0)).toBe('2025-11-28');
  });

  it('refuses what is no instant', () => {
    for (const text of ['', '2025-11-28', '2025-02-30 10:00', '2025-11-28 24:00', '2025-11-28 10:60', 'now']) {
      expect(parseInstant(text), text).toBeUndefined();
    }
  });

  it('writes every instant so that it reads it again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (instant) => {
        expect(parseInstant(isoInstant(instant))).toBe(instant);
      }),
    );
  });
});

describe('working days', () => {
  const holidays = {
    '2025': {
      off: ['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'],
      work: ['2025-09-28', '2025-10-11'],
      source: '演示',
    },
  };

  it('counts make-up days and skips holidays; the day itself does not count', () => {
    expect(isoDate(addWorkingDays(day('2025-09-26'), 5, holidays))).toBe('2025-10-10');
    expect(isWorkingDay(day('2025-09-28'), holidays)).toBe(true);
    expect(isWorkingDay(day('2025-10-12'), holidays)).toBe(false);
  });

  it('never guesses a year it does not know', () => {
    expect(() => addWorkingDays(day('2025-12-31'), 1, holidays)).toThrow(UnknownYear);
  });
});
