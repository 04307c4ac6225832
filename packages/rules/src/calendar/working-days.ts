import { dateOf, isoDate, weekday, type Day } from './dates.ts';
import type { HolidayYear } from '../reference.ts';

/** A year whose official holidays have not been entered is never guessed. */
export class UnknownYear extends Error {
  readonly year: number;
  constructor(year: number) {
    super(`${year}年的放假调休安排尚未录入，无法推算工作日；请先录入国务院办公厅当年的通知。`);
    this.year = year;
  }
}

export type Holidays = Readonly<Record<string, HolidayYear>>;

/** Throws `UnknownYear` when the year's notice is not among the data. */
export function isWorkingDay(day: Day, holidays: Holidays): boolean {
  const { year } = dateOf(day);
  const official = holidays[String(year)];
  if (!official) throw new UnknownYear(year);
  const date = isoDate(day);
  if (official.work.includes(date)) return true;
  return weekday(day) <= 5 && !official.off.includes(date);
}

/**
 * The last day of a period of `count` working days that begins with an event on `day`; the day of the event does not count
 * (Civil Code art. 201). Throws `UnknownYear`.
 */
export function addWorkingDays(day: Day, count: number, holidays: Holidays): Day {
  let current = day;
  let left = count;
  while (left > 0) {
    current += 1;
    if (isWorkingDay(current, holidays)) left -= 1;
  }
  return current;
}
