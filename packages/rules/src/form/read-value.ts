import type { FieldType, FormField } from '../call.ts';
import { parseDate } from '../calendar/dates.ts';
import { normaliseCreditCode } from '../identifiers/credit-code.ts';
import { normaliseResidentId } from '../identifiers/resident-id.ts';
import type { CellValue } from '../subject.ts';

/** What could not be taken from a document, where, and in which words. */
export type ReadProblem = { path: string; message: string };

/** No text of an application is longer; a form's own limit is shorter and is judged, not refused. */
export const MAX_TEXT = 200_000;
export const MAX_ROWS = 5000;
const MAX_PROBLEMS = 200;

/** Collects problems, so many that a document of nothing but mistakes stays readable. */
export class Problems {
  readonly list: ReadProblem[] = [];

  add(path: string, message: string): undefined {
    if (this.list.length < MAX_PROBLEMS) this.list.push({ path, message });
    else if (this.list.length === MAX_PROBLEMS) this.list.push({ path: '', message: '错误太多，其余的没有列出' });
    return undefined;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a value is called in a message. */
export const kindOf = (value: unknown): string => {
  if (value === null) return '空值';
  if (Array.isArray(value)) return '列表';
  return (
    { string: '文字', number: '数字', boolean: 'true 或 false', object: '对象' }[typeof value as string] ?? '别的东西'
  );
};

const WANTED: Record<Exclude<FieldType, 'table'>, string> = {
  text: '文字',
  long_text: '文字',
  money: '以分为单位的整数',
  date: '日期（2026-05-18）',
  integer: '整数',
  boolean: ' true 或 false',
  one_of: '一个选项',
  many_of: '几个选项的列表',
  country: '国家（地区）代码',
  division: '六位行政区划代码',
  uscc: '统一社会信用代码',
  resident_id: '证件号码',
  phone: '电话',
  email: '邮箱',
  attest: ' true',
};

/** A value of a field, or undefined with a problem. Codes and identity numbers are normalised. */
export function readFieldValue(
  field: Pick<FormField, 'type'>,
  value: unknown,
  path: string,
  problems: Problems,
): CellValue | undefined {
  const { type } = field;
  if (type === 'table') return problems.add(path, '表里不能再有表');
  const refuse = (): undefined => problems.add(path, `应为${WANTED[type]}，写的是${kindOf(value)}`);
  switch (type) {
    case 'money':
    case 'integer':
      if (typeof value !== 'number') return refuse();
      if (Number.isSafeInteger(value)) return value;
      return problems.add(path, Number.isInteger(value) ? '数字太大' : `应为${WANTED[type]}，不能带小数`);
    case 'boolean':
    case 'attest':
      return typeof value === 'boolean' ? value : refuse();
    case 'many_of':
      return readCodes(value, path, problems, refuse);
    case 'date':
      if (typeof value !== 'string') return refuse();
      return parseDate(value) === undefined ? problems.add(path, `“${short(value)}”不是日期，或者没有这一天`) : value;
    default:
      return typeof value === 'string' ? readText(type, value, path, problems) : refuse();
  }
}

function readText(type: FieldType, value: string, path: string, problems: Problems): string | undefined {
  if (value.length > MAX_TEXT) return problems.add(path, `文字太长：${value.length}字，最多${MAX_TEXT}字`);
  if (!value.isWellFormed()) return problems.add(path, '含有不成对的代理字符（半个字），无法保存');
  if (value.includes('\u0000')) return problems.add(path, '含有空字符，无法保存');
  if (type === 'uscc') return normaliseCreditCode(value);
  return type === 'resident_id' ? normaliseResidentId(value) : value;
}

function readCodes(
  value: unknown,
  path: string,
  problems: Problems,
  refuse: () => undefined,
): readonly string[] | undefined {
  if (!Array.isArray(value)) return refuse();
  if (value.length > 500) return problems.add(path, '选项太多');
  const wrong = value.find((member) => typeof member !== 'string' || !member.isWellFormed());
  if (wrong !== undefined) return problems.add(path, `每个选项应为文字，有一个是${kindOf(wrong)}`);
  return value as readonly string[];
}

/** The beginning of something long, for a message. */
export function short(text: string): string {
  const characters = Array.from(text.slice(0, 60));
  return characters.length > 30 ? `${characters.slice(0, 30).join('')}…` : text;
}
