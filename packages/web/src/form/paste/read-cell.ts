import {
  normaliseCreditCode,
  normaliseResidentId,
  toHalfWidth,
  type CellValue,
  type FormField,
  type Option,
} from '@keshen/rules';
import { parseAmount } from '../../text/amount.ts';
import { readDate } from '../../text/beijing-time.ts';

/** What a pasted cell became; a warning is taken and shown, a problem is not taken. */
export type CellRead = { value?: CellValue; warning?: string; problem?: string };

/** In which unit the amounts of a column stand, when the cells do not say it themselves. */
export type Unit = '万元' | '元';

/** A heading says its unit: 财政资金（元）, 经费/万元. */
export const unitInHeading = (heading: string): Unit | undefined =>
  /万元|万\s*[)）]/.test(heading) ? '万元' : /元|rmb|cny/i.test(heading) ? '元' : undefined;

const YES = new Set(['是', '有', '√', '✓', 'y', 'yes', 'true', '1', '对']);
const NO = new Set(['否', '无', '×', 'x', 'n', 'no', 'false', '0', '非', '不是']);
/** Day 0 of Excel's calendar, which counts a 29 February 1900 that never was. */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);

type With = { options: readonly Option[]; unit: Unit };

/** Reads one cell as the column wants it. Empty text is no value and no problem. */
export function readCell(column: FormField, text: string, { options, unit }: With): CellRead {
  const plain = text.trim();
  if (plain === '' || plain === '—' || plain === '-') return {};
  switch (column.type) {
    case 'money':
      return readAmount(plain, unit);
    case 'date':
      return readDay(plain);
    case 'integer':
      return readWhole(plain, column.unit);
    case 'boolean':
      return readYesNo(plain);
    case 'one_of':
    case 'country':
    case 'division':
      return options.length > 0 ? readOption(plain, options) : { value: plain };
    case 'many_of':
      return readOptions(plain, options);
    case 'attest':
      return { problem: '声明须本人勾选，不能粘贴' };
    case 'uscc':
      return { value: normaliseCreditCode(plain) };
    case 'resident_id':
      return /[eE]\+/.test(plain)
        ? { problem: 'Excel 把号码变成了科学计数，请在 Excel 里设成文本格式再复制' }
        : { value: normaliseResidentId(plain) };
    default:
      return { value: plain };
  }
}

function readAmount(plain: string, unit: Unit): CellRead {
  const number = toHalfWidth(plain).replace(/[¥￥\s]/g, '');
  const own = /元$|万$/.test(number);
  const parsed = parseAmount(own || unit === '万元' ? number : `${number}元`);
  return parsed.ok ? { value: parsed.fen } : { problem: parsed.message };
}

function readDay(plain: string): CellRead {
  const read = readDate(plain);
  if (read.ok) return { value: read.date };
  const half = toHalfWidth(plain);
  const month = /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?$/.exec(half);
  if (month) {
    const first = readDate(`${month[1]}-${month[2]}-1`);
    if (first.ok) return { value: first.date, warning: '只写到月，按当月1日' };
  }
  if (/^\d{5}$/.test(half)) {
    const date = new Date(EXCEL_EPOCH_MS + Number(half) * 86_400_000).toISOString().slice(0, 10);
    return { value: date, warning: 'Excel 的日期序号，请核对' };
  }
  const western = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(half);
  if (western) {
    const [, a = '', b = '', year] = western;
    // Only where one reading is possible; 3/4/2026 could be either.
    const day = Number(a) > 12 ? `${year}-${b}-${a}` : Number(b) > 12 ? `${year}-${a}-${b}` : undefined;
    const sure = day && readDate(day);
    return sure && sure.ok
      ? { value: sure.date, warning: '月日的先后按唯一可能的读法' }
      : { problem: '分不清月和日，请写成 2026-3-4' };
  }
  return { problem: read.message };
}

function readWhole(plain: string, unit: string | undefined): CellRead {
  const number = toHalfWidth(plain)
    .replace(/[,\s]/g, '')
    .replace(new RegExp(`(${unit ?? '个'}|个月|月|人|台|套|项|年)$`), '')
    .replace(/\.0+$/, '');
  if (/^-?\d{1,15}$/.test(number)) return { value: Number(number) };
  return { problem: '应为整数' };
}

function readYesNo(plain: string): CellRead {
  const word = toHalfWidth(plain).toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : { problem: '应为“是”或“否”' };
}

const simple = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s()（）、，,]/g, '')
    .toLowerCase();

/** By label or code; else by the only option whose label begins or is contained, which is said. */
function readOption(plain: string, options: readonly Option[]): CellRead {
  const wanted = simple(plain);
  const same = options.find(({ value, label }) => simple(label) === wanted || value.toLowerCase() === wanted);
  if (same) return { value: same.value };
  const alike = options.filter(({ label }) => simple(label).includes(wanted) || wanted.includes(simple(label)));
  const [only] = alike;
  if (only && alike.length === 1) return { value: only.value, warning: `按“${only.label}”` };
  if (alike.length > 1 && alike.length <= 4)
    return { problem: `可能是${alike.map(({ label }) => `“${label}”`).join('或')}，请写全` };
  return {
    problem: options.length <= 8 ? `应为${options.map(({ label }) => label).join('、')}之一` : '不在可选范围之内',
  };
}

function readOptions(plain: string, options: readonly Option[]): CellRead {
  const read = plain
    .split(/[、，,;；\n]/)
    .filter((part) => part.trim() !== '')
    .map((part) => readOption(part.trim(), options));
  const problem = read.find((one) => one.problem)?.problem;
  if (problem) return { problem };
  const warning = read.find((one) => one.warning)?.warning;
  return { value: [...new Set(read.map(({ value }) => String(value)))], ...(warning ? { warning } : {}) };
}
