const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
/** Beijing has been at +08:00 without summer time since 1991. */
const OFFSET_MS = 8 * 3600_000;

/** When the day's digest is put together: 8:00 in Beijing. */
export const DIGEST_MINUTE = 8 * 60;

/** Minutes of the day in Beijing, the first included, the second not; over midnight where the first is the later one. */
export type QuietHours = { fromMinute: number; toMinute: number };
export const USUAL_QUIET: QuietHours = { fromMinute: 22 * 60, toMinute: 8 * 60 };

const minuteOf = (at: Date): number => Math.floor(((at.getTime() + OFFSET_MS) % DAY_MS) / MINUTE_MS);
const startOfDay = (at: Date): number => Math.floor((at.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;

/** The calendar day in Beijing, YYYY-MM-DD. */
export const dayInBeijing = (at: Date): string => new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);

/** The next time a digest is put together, strictly later. */
export function nextDigestAt(at: Date): Date {
  const today = startOfDay(at) + DIGEST_MINUTE * MINUTE_MS;
  return new Date(today > at.getTime() ? today : today + DAY_MS);
}

/** The instant itself, or the end of the quiet hours that it falls into. */
export function afterQuiet(at: Date, { fromMinute, toMinute }: QuietHours = USUAL_QUIET): Date {
  const minute = minuteOf(at);
  const quiet =
    fromMinute <= toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
  if (!quiet) return at;
  const end = startOfDay(at) + toMinute * MINUTE_MS;
  return new Date(end > at.getTime() ? end : end + DAY_MS);
}

/** 22:00 */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
