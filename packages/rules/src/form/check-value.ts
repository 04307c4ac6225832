import type { CompiledCall, FormField } from '../call.ts';
import { officialDate, parseDate } from '../calendar/dates.ts';
import { checkCreditCode } from '../identifiers/credit-code.ts';
import { checkResidentId } from '../identifiers/resident-id.ts';
import { formatMoney } from '../money/money.ts';
import type { ReferenceData } from '../reference.ts';
import type { RowValue } from '../evaluate/context.ts';

const MOBILE_OR_LANDLINE = /^(?:1[3-9]\d{9}|(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:-\d{1,6})?|\+\d[\d -]{5,18}\d)$/;
const EMAIL = /^[^\s@,;]{1,64}@[^\s@,;.]{1,63}(?:\.[^\s@,;.]{1,63}){1,8}$/;

/** Where options come from: a linked call is one. */
export type Offered = { reference: ReferenceData; call: Pick<CompiledCall, 'topics'> };

type Check = (field: FormField, value: never, linked: Offered, world: ValueWorld) => string | undefined;
/** What a check may look at beside the value. */
export type ValueWorld = { instant: string; partners: readonly RowValue[] };

/** What is wrong with a value, in words for the applicant; undefined when nothing is. `value` is not missing. */
export function checkValue(field: FormField, value: unknown, linked: Offered, world: ValueWorld): string | undefined {
  return CHECKS[field.type](field, value as never, linked, world);
}

const text = (field: FormField, value: string): string | undefined => {
  if (typeof value !== 'string') return '应为文字';
  if (!value.isWellFormed()) return '含有不成对的字符，请删去后重新输入';
  const length = [...value].length;
  if (field.maxLength !== undefined && length > field.maxLength) {
    return `最多${field.maxLength}字，现有${length}字，超出${length - field.maxLength}字`;
  }
  if (field.minLength !== undefined && length < field.minLength) return `至少${field.minLength}字，现有${length}字`;
  if (field.pattern && !new RegExp(field.pattern.source, 'u').test(value)) return field.pattern.say;
  return undefined;
};

function within(field: FormField, value: number, show: (value: number) => string, least?: number): string | undefined {
  const min = typeof field.min === 'number' ? field.min : least;
  if (min !== undefined && value < min) return min === 0 ? '不能是负数' : `不能小于${show(min)}`;
  return typeof field.max === 'number' && value > field.max ? `不能大于${show(field.max)}` : undefined;
}

function option(field: FormField, value: string, linked: Offered, { partners }: ValueWorld): string | undefined {
  const allowed = allowedOptions(field, linked);
  const known =
    field.optionsFrom === 'partners'
      ? value === 'lead' || partners.some((row) => row?.id === value)
      : allowed === undefined || allowed.has(value);
  return known ? undefined : '选的不在可选范围之内，请重新选择';
}

function allowedOptions(
  field: FormField,
  { reference, call }: Offered,
): { has: (value: string) => boolean } | undefined {
  if (field.options) return new Set(field.options.map(({ value }) => value));
  const codes = {
    countries: reference.countries.map(({ code }) => code),
    divisions: reference.divisions.map(({ code }) => code),
    titles: reference.titles.map(({ key }) => key),
    topics: call.topics.map(({ code }) => code),
    partners: [],
  }[field.optionsFrom ?? 'partners'];
  return codes.length > 0 ? new Set(codes) : undefined;
}

const choice: Check = (field, value: string, linked, world) =>
  typeof value === 'string' ? option(field, value, linked, world) : '应为一个选项';

const CHECKS: Record<FormField['type'], Check> = {
  text,
  long_text: text,
  money: (field, value: number) =>
    Number.isSafeInteger(value) ? within(field, value, formatMoney, 0) : '金额写得不对，最细到分',
  integer: (field, value: number) => (Number.isSafeInteger(value) ? within(field, value, String) : '应为整数'),
  boolean: (_, value: boolean) => (typeof value === 'boolean' ? undefined : '请选“是”或“否”'),
  attest: (_, value: boolean) => (typeof value === 'boolean' ? undefined : '请勾选'),
  date: (field, value: string) => {
    const day = typeof value === 'string' ? parseDate(value) : undefined;
    if (day === undefined) return '日期写得不对，或者没有这一天';
    const [min, max] = [field.min, field.max].map((bound) =>
      typeof bound === 'string' ? parseDate(bound) : undefined,
    );
    if (min !== undefined && day < min) return `不能早于${officialDate(min)}`;
    return max !== undefined && day > max ? `不能晚于${officialDate(max)}` : undefined;
  },
  one_of: choice,
  country: choice,
  division: choice,
  many_of: (field, value: string[], linked, world) => {
    if (!Array.isArray(value)) return '应为几个选项';
    if (new Set(value).size !== value.length) return '同一个选项选了两次';
    const wrong = value
      .map((member) => choice(field, member as never, linked, world))
      .find((said) => said !== undefined);
    if (wrong !== undefined) return wrong;
    if (typeof field.min === 'number' && value.length < field.min) return `至少选${field.min}项，现选${value.length}项`;
    return typeof field.max === 'number' && value.length > field.max
      ? `最多选${field.max}项，现选${value.length}项`
      : undefined;
  },
  uscc: (field, value: string) => {
    const checked = typeof value === 'string' ? checkCreditCode(value) : undefined;
    return checked === undefined ? '应为文字' : checked.valid ? text(field, value) : checked.problem;
  },
  resident_id: (_, value: string, __, { instant }) => {
    const checked = typeof value === 'string' ? checkResidentId(value, instant) : undefined;
    return checked === undefined ? '应为文字' : checked.valid ? undefined : checked.problem;
  },
  phone: (field, value: string) =>
    typeof value === 'string' && MOBILE_OR_LANDLINE.test(value.trim())
      ? text(field, value)
      : '电话写得不对：手机 11 位，座机写区号，境外电话以 + 和国家代码开头',
  email: (field, value: string) =>
    typeof value === 'string' && value.length <= 254 && EMAIL.test(value.trim())
      ? text(field, value)
      : '邮箱地址写得不对',
  table: (_, value: unknown[]) => (Array.isArray(value) ? undefined : '应为表格'),
};
