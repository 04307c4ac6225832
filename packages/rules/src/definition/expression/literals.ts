import { parseDate } from '../../calendar/dates.ts';
import { parseMoney } from '../../money/money.ts';
import type { Constant, Ratio, ValueType } from '../../tree.ts';

/**
 * `70%`, `33.5%`, `1/3`, `2/1`, `2:1`; undefined for other writings and for a denominator of 0. Seven digits at the most, so
 * that two ratios multiply to a safe integer.
 */
export function parseRatio(text: string): Ratio | undefined {
  const percent = /^(\d{1,4})(?:\.(\d{1,3}))?%$/.exec(text);
  if (percent) {
    const [, whole = '', fraction = ''] = percent;
    return reduced(Number(whole + fraction), 100 * 10 ** fraction.length);
  }
  const parts = /^(\d{1,7})[/:](\d{1,7})$/.exec(text);
  return parts && Number(parts[2]) > 0 ? reduced(Number(parts[1]), Number(parts[2])) : undefined;
}

function reduced(n: number, d: number): Ratio {
  let [a, b] = [n, d];
  while (b > 0) [a, b] = [b, a % b];
  return { n: n / (a || 1), d: d / (a || 1) };
}

/** A value as a definition writes it (`30万元`, `70%`, `2026-05-18`, `24`, `是`-less booleans), by its type. */
export function parseConstant(type: ValueType, written: unknown): Constant | undefined {
  switch (type) {
    case 'money':
      return typeof written === 'string' ? parseMoney(written) : undefined;
    case 'date':
      return typeof written === 'string' && parseDate(written) !== undefined ? written : undefined;
    case 'integer':
      return Number.isSafeInteger(written) ? (written as number) : undefined;
    case 'ratio':
      return typeof written === 'string' ? parseRatio(written) : undefined;
    case 'boolean':
      return typeof written === 'boolean' ? written : undefined;
    case 'text':
    case 'code':
      return typeof written === 'string' ? written : typeof written === 'number' ? String(written) : undefined;
    case 'codes':
      return Array.isArray(written) && written.every((member) => typeof member === 'string') ? written : undefined;
  }
}

/** How each type is written, for messages. */
export const WRITTEN_LIKE: Record<ValueType, string> = {
  money: '30万元、69.99万元、100元',
  date: '2026-05-18',
  integer: '24',
  ratio: '70% 或 1/3',
  boolean: 'true 或 false',
  text: '文字',
  code: '一个选项',
  codes: '[a, b]',
};

export const TYPE_NAMES: Record<ValueType, string> = {
  money: '金额',
  date: '日期',
  integer: '整数',
  ratio: '比例',
  boolean: '是否',
  text: '文字',
  code: '选项',
  codes: '多个选项',
};

/** The type that a value written in a definition has by its look. */
export function typeByLook(written: unknown): ValueType | undefined {
  if (typeof written === 'boolean') return 'boolean';
  if (typeof written === 'number') return 'integer';
  if (Array.isArray(written)) return 'codes';
  if (typeof written !== 'string') return undefined;
  if (parseMoney(written) !== undefined) return 'money';
  if (parseRatio(written)) return 'ratio';
  return parseDate(written) === undefined ? 'text' : 'date';
}
