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
  switch (field.type) {
    case 'money':
      return typeof value === 'number' ? formatMoney(value) : String(value);
    case 'date':
      return dateInWords(String(value));
    case 'boolean':
      return value === true ? '是' : '否';
    case 'attest':
      return value === true ? '已声明' : '未声明';
    case 'integer':
      return `${String(value)}${field.unit ?? ''}`;
    case 'one_of':
    case 'country':
    case 'division':
      return label(String(value));
    default:
      return String(value);
  }
}

/** Personal numbers are shown in part until somebody asks for all of them. */
export function masked(text: string): string {
  if (text.includes('@')) return text.replace(/^(.).*(@.*)$/, '$1***$2');
  return text.length <= 7 ? text : `${text.slice(0, 3)}${'*'.repeat(text.length - 7)}${text.slice(-4)}`;
}
