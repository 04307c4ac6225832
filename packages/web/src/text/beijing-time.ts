import { dayOfInstant, officialDate, officialInstant, parseDate, toHalfWidth } from '@keshen/rules';

/** What users see is Beijing time, whatever zone the browser is in. Instants come as ISO with offset. */
const MINUTE = 60_000;
const two = (n: number) => String(n).padStart(2, '0');

/** `2026年5月18日` */
export const dayOf = (instant: string): string => officialDate(dayOfInstant(Date.parse(instant)));

/** `2026年5月18日 17:30`, to the minute. */
export const momentOf = (instant: string): string => officialInstant(Math.floor(Date.parse(instant) / MINUTE) * MINUTE);

/** `17:30:05` */
export const clockOf = (ms: number): string => new Date(ms + 8 * 60 * MINUTE).toISOString().slice(11, 19);

/** `2026年5月18日` of a calendar date `YYYY-MM-DD`; what is not a date comes back as it is. */
export function dateInWords(date: string): string {
  const day = parseDate(date);
  return day === undefined ? date : officialDate(day);
}

/** What is left until a deadline, its last instant included: `还有 3 天 4 小时`; undefined when it has passed. */
export function timeLeft(nowMs: number, deadline: string): string | undefined {
  const left = Date.parse(deadline) - nowMs;
  if (left < 0) return undefined;
  const minutes = Math.floor(left / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return `还有 ${days} 天 ${hours} 小时`;
  if (hours > 0) return `还有 ${hours} 小时 ${minutes % 60} 分`;
  return `还有 ${minutes} 分 ${two(Math.floor((left % MINUTE) / 1000))} 秒`;
}

export type TypedDate = { ok: true; date: string } | { ok: false; message: string };

/** Reads a date as people type it: 2026-5-18, 2026.5.18, 20260518, 2026年5月18日, full-width digits included; from 1900 on. */
export function readDate(text: string): TypedDate {
  const plain = toHalfWidth(text).trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(plain);
  if (!parts) return { ok: false, message: '请按“年-月-日”填写，例如 2026-05-18' };
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = `${parts[1]}-${two(month)}-${two(day)}`;
  if (year < 1900 || parseDate(date) === undefined)
    return { ok: false, message: `没有${year}年${month}月${day}日这一天，请核对` };
  return { ok: true, date };
}
