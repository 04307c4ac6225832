import { toHalfWidth } from '../money/money.ts';

/** 统一社会信用代码 (GB 32100-2015): 18 characters; positions 1 and 2 may be letters. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const INNER_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export type CheckedNumber =
  { valid: true; normal: string; warning?: string } | { valid: false; normal: string; problem: string };

/** Full-width to half-width, upper case, without blanks and hyphens. */
export const normaliseCreditCode = (text: string): string => toHalfWidth(text).replace(/[\s-]/g, '').toUpperCase();

/** The 18th character for the first 17; undefined when one of them is not in the alphabet. */
export function creditCodeCheck(first17: string): string | undefined {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) {
    const value = ALPHABET.indexOf(first17.charAt(at) || ' ');
    if (value < 0) return undefined;
    sum += value * (WEIGHTS[at] ?? 0);
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The 9th character of an organisation code (GB 11714-1997) for its first eight. */
export function organisationCodeCheck(first8: string): string {
  let sum = 0;
  for (let at = 0; at < 8; at += 1) sum += INNER_ALPHABET.indexOf(first8.charAt(at)) * (INNER_WEIGHTS[at] ?? 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Completes a code from department, kind, six-digit division and the first eight characters of the body: for examples. */
export function makeCreditCode(prefix: string, division: string, first8: string): string {
  const first17 = `${prefix}${division}${first8}${organisationCodeCheck(first8)}`;
  const check = creditCodeCheck(first17);
  if (first17.length !== 17 || check === undefined) throw new Error(`not the beginning of a credit code: ${first17}`);
  return first17 + check;
}

export function checkCreditCode(text: string): CheckedNumber {
  const normal = normaliseCreditCode(text);
  const refuse = (problem: string): CheckedNumber => ({ valid: false, normal, problem });
  if (normal.length !== 18)
    return refuse(`统一社会信用代码应为18位，现有${normal.length}位，请对照营业执照或法人证书重新填写`);
  const strange = [...normal].find((character) => !ALPHABET.includes(character));
  if (strange !== undefined) {
    const hint = 'IOSVZ'.includes(strange) ? '（代码中不用字母I、O、S、V、Z，请看是不是数字1、0、5、2）' : '';
    return refuse(`统一社会信用代码中不会出现“${strange}”${hint}`);
  }
  if (!/^\d{6}$/.test(normal.slice(2, 8))) return refuse('统一社会信用代码第3至8位是行政区划代码，应为数字');
  if (creditCodeCheck(normal.slice(0, 17)) !== normal.charAt(17)) {
    return refuse('统一社会信用代码的校验位不对，很可能有一位填错，请对照营业执照或法人证书逐位核对');
  }
  const inner = normal.slice(8, 17);
  return organisationCodeCheck(inner.slice(0, 8)) === inner.charAt(8)
    ? { valid: true, normal }
    : { valid: true, normal, warning: '代码第9至17位（组织机构代码）的校验位不合，请再核对一遍' };
}
