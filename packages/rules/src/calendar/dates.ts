/**
 * Calendar dates as whole days since 1970-01-01, proleptic Gregorian, years 1 to 9999. No clock, no zone: a date is a day
 * on an official's calendar.
 */
export type Day = number;
export type CalendarDate = { year: number; month: number; day: number };

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

export function dayOf(year: number, month: number, day: number): Day {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export function dateOf(day: Day): CalendarDate {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** The number that ASCII digits from `at` write, or NaN: any other character makes it so. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let place = at; place < at + count; place += 1) {
    const value = text.charCodeAt(place) - 48;
    if (value < 0 || value > 9) return NaN;
    number = number * 10 + value;
  }
  return number;
}

/** `YYYY-MM-DD` to a day; undefined for any other writing and for days that do not exist (2026-02-30). */
export function parseDate(text: string): Day | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  const exists = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return exists ? dayOf(year, month, day) : undefined;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export function isoDate(day: Day): string {
  const date = dateOf(day);
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

/** 2026年5月18日 */
export function officialDate(day: Day): string {
  const date = dateOf(day);
  return `${date.year}年${date.month}月${date.day}日`;
}

/** The same day `months` later; where that month is shorter, its last day. */
export function addMonths(day: Day, months: number): Day {
  const date = dateOf(day);
  const index = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return dayOf(year, month, Math.min(date.day, daysInMonth(year, month)));
}

/** Whole months from one day to another, both inclusive: 2026-01-01 to 2027-12-31 is 24. Negative spans count as 0. */
export function monthsBetween(from: Day, to: Day): number {
  const end = to + 1;
  if (end <= from) return 0;
  const [a, b] = [dateOf(from), dateOf(end)];
  let months = (b.year - a.year) * 12 + b.month - a.month;
  while (months > 0 && addMonths(from, months) > end) months -= 1;
  return months;
}

/** Days left over after `monthsBetween`. */
export const daysBeyondMonths = (from: Day, to: Day): number =>
  to < from ? 0 : to + 1 - addMonths(from, monthsBetween(from, to));

/** Full years from one day to another (anniversaries reached on `to` count), as an age is counted; never negative. */
export function yearsBetween(from: Day, to: Day): number {
  const [a, b] = [dateOf(from), dateOf(to)];
  const before = b.month < a.month || (b.month === a.month && b.day < a.day);
  return Math.max(0, b.year - a.year - (before ? 1 : 0));
}

/** Whether the period, both ends inclusive, lasts at least `months` months. */
export const lastsAtLeast = (from: Day, to: Day, months: number): boolean => to + 1 >= addMonths(from, months);

/** Whether the period, both ends inclusive, lasts at most `months` months: three years and one day is over 36. */
export const lastsAtMost = (from: Day, to: Day, months: number): boolean => to + 1 <= addMonths(from, months);

/** 1 Monday … 7 Sunday. */
export const weekday = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;
