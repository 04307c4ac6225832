import { formatMoney, type Application, type CellValue, type FieldValue, type FormField } from '@keshen/rules';
import { dateInWords } from '../text/beijing-time.ts';
import type { Choices } from './choices.ts';

/** A value as a reader sees it; empty text when there is none. Tables are not text. */
export function valueText(
  field: FormField,
  value: FieldValue | CellValue | undefined,
  choices: Choices,
  application: Application,
): string {
  if (value === undefined || value === '') return '';
  const label = (code: string) => choices.of(field, application).find((option) => option.value === code)?.label ?? code;
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? label(one) : '')).join('、');
  if (typeof value === 'boolean') return field.type === 'attest' ? '已声明' : value ? '是' : '否';
  if (typeof value === 'number') return field.type === 'money' ? formatMoney(value) : `${value}${field.unit ?? ''}`;
  if (typeof value !== 'string') return '';
  return field.type === 'date' ? dateInWords(value) : label(value);
}

/** Personal numbers are shown in part until somebody asks for all of them. */
export function masked(text: string): string {
  if (text.includes('@')) return text.replace(/^(.).*(@.*)$/, '$1***$2');
  return text.length <= 7 ? text : `${text.slice(0, 3)}${'*'.repeat(text.length - 7)}${text.slice(-4)}`;
}
