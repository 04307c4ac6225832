import { dateOf, dayOf, isoDate, parseDate, type Day } from './dates.ts';

/** Deadlines are instants (milliseconds since 1970-01-01 UTC), read and written in Asia/Shanghai: UTC+8, no summer time. */
export type Instant = number;

const SHANGHAI_OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;

const WRITING = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * `2025-11-28T17:00:00.000+08:00`, `2025-11-28 17:00` (no offset: Asia/Shanghai), `…Z`. Undefined for anything else, for
 * days that do not exist, and for 24:00.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = WRITING.exec(text);
  if (!match) return undefined;
  const [, date = '', hour = '', minute = '', second = '0', fraction = '0', offset] = match;
  const day = parseDate(date);
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const local =
    day * DAY +
    Number(hour) * 3_600_000 +
    Number(minute) * 60_000 +
    Number(second) * 1000 +
    Number(fraction.padEnd(3, '0'));
  return local - offsetOf(offset);
}

function offsetOf(text: string | undefined): number {
  if (text === undefined) return SHANGHAI_OFFSET;
  if (text === 'Z') return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 3_600_000 + Number(text.slice(-2)) * 60_000);
}

/** The calendar date in Asia/Shanghai. */
export const dayOfInstant = (instant: Instant): Day => Math.floor((instant + SHANGHAI_OFFSET) / DAY);

export const dateOfInstant = (instant: Instant): string => isoDate(dayOfInstant(instant));

const two = (value: number): string => String(value).padStart(2, '0');

/** `2025-11-28T17:00:00.000+08:00` */
export function isoInstant(instant: Instant): string {
  const ofDay = instant + SHANGHAI_OFFSET - dayOfInstant(instant) * DAY;
  const time = [Math.floor(ofDay / 3_600_000), Math.floor(ofDay / 60_000) % 60, Math.floor(ofDay / 1000) % 60];
  return `${dateOfInstant(instant)}T${time.map(two).join(':')}.${String(ofDay % 1000).padStart(3, '0')}+08:00`;
}

/** 2026年5月18日 17:30, with seconds (and milliseconds) only where they are not zero. */
export function officialInstant(instant: Instant): string {
  const { year, month, day } = dateOf(dayOfInstant(instant));
  const ofDay = instant - (dayOf(year, month, day) * DAY - SHANGHAI_OFFSET);
  const milliseconds = ofDay % 1000;
  const seconds = Math.floor(ofDay / 1000) % 60;
  const tail =
    milliseconds > 0
      ? `:${two(seconds)}.${String(milliseconds).padStart(3, '0')}`
      : seconds > 0
        ? `:${two(seconds)}`
        : '';
  return `${year}年${month}月${day}日 ${two(Math.floor(ofDay / 3_600_000))}:${two(Math.floor(ofDay / 60_000) % 60)}${tail}`;
}
