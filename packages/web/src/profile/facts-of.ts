import type { FormField } from '@keshen/rules';
import { dateInWords } from '../text/beijing-time.ts';
import { isAsked } from './profile-form.tsx';
import type { ProfileData } from './queries.ts';

/** Each field with its answer in words; empty where there is none. */
export const factsOf = (fields: readonly FormField[], data: ProfileData): [string, string][] =>
  fields.filter(({ key }) => isAsked(data, key)).map((field) => [field.label, inWords(field, data[field.key])]);

function inWords({ type, options }: FormField, value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (type === 'date') return dateInWords(String(value));
  return options?.find((option) => option.value === value)?.label ?? String(value);
}
