import { dayOfInstant, parseInstant } from '../calendar/instants.ts';
import { parseDate } from '../calendar/dates.ts';
import { toHalfWidth } from '../money/money.ts';
import type { CheckedNumber } from './credit-code.ts';

/**
 * 公民身份号码 (GB 11643-1999), with it the residence permits of Hong Kong (81), Macau (82) and Taiwan (83) residents, and
 * foreigners' permanent residence cards (18 digits beginning with 9), which carry the same check digit.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

export type ResidentIdKind = 'citizen' | 'hongKong' | 'macau' | 'taiwan' | 'permanentResident';

/** Full-width to half-width, upper case, without blanks and hyphens. */
export const normaliseResidentId = (text: string): string => toHalfWidth(text).replace(/[\s-]/g, '').toUpperCase();

/** The 18th character for the first 17 digits. */
export function residentIdCheck(first17: string): string {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += (first17.charCodeAt(at) - 48) * (WEIGHTS[at] ?? 0);
  return CHECKS.charAt(sum % 11);
}

/** Completes a number from area code, birth date (`YYYY-MM-DD`) and a sequence of three digits (odd: male): for examples. */
export function makeResidentId(area: string, birth: string, sequence: string): string {
  const first17 = `${area}${birth.replaceAll('-', '')}${sequence}`;
  if (!/^\d{17}$/.test(first17)) throw new Error(`not the beginning of a resident number: ${first17}`);
  return first17 + residentIdCheck(first17);
}

export function residentIdKind(normal: string): ResidentIdKind {
  if (normal.startsWith('9')) return 'permanentResident';
  const area = normal.slice(0, 2);
  return area === '81' ? 'hongKong' : area === '82' ? 'macau' : area === '83' ? 'taiwan' : 'citizen';
}

/** `YYYY-MM-DD` as the number states it; undefined when it states no day that exists. */
export function birthOfResidentId(text: string): string | undefined {
  const normal = normaliseResidentId(text);
  const date = `${normal.slice(6, 10)}-${normal.slice(10, 12)}-${normal.slice(12, 14)}`;
  return parseDate(date) === undefined ? undefined : date;
}

export function sexOfResidentId(text: string): 'male' | 'female' | undefined {
  const value = normaliseResidentId(text).charCodeAt(16) - 48;
  if (!(value >= 0 && value <= 9)) return undefined;
  return value % 2 === 1 ? 'male' : 'female';
}

/** `at`, when given, refuses a birth after that instant. */
export function checkResidentId(text: string, at?: string): CheckedNumber {
  const normal = normaliseResidentId(text);
  const refuse = (problem: string): CheckedNumber => ({ valid: false, normal, problem });
  if (normal.length === 15) return refuse('这是15位的旧号码，请填写现用的18位号码');
  if (normal.length !== 18) return refuse(`身份证号应为18位，现有${normal.length}位`);
  if (!/^\d{17}[\dX]$/.test(normal)) return refuse('身份证号前17位应为数字，最后一位为数字或X');
  if (!normal.startsWith('9') && !PROVINCES.has(normal.slice(0, 2))) {
    return refuse(`身份证号开头的“${normal.slice(0, 2)}”不是有效的地区代码`);
  }
  const birth = birthOfResidentId(normal);
  if (birth === undefined) return refuse('身份证号第7至14位不是有效的出生日期');
  const instant = at === undefined ? undefined : parseInstant(at);
  if (instant !== undefined && (parseDate(birth) ?? 0) > dayOfInstant(instant)) {
    return refuse('身份证号中的出生日期晚于今天');
  }
  if (residentIdCheck(normal.slice(0, 17)) !== normal.charAt(17)) {
    return refuse('身份证号的校验位不对，很可能有一位填错，请对照证件逐位核对');
  }
  return { valid: true, normal };
}
