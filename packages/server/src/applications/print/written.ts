import {
  type FieldValue,
  type FormField,
  formatTenThousands,
  officialDate,
  parseDate,
  tenThousandsColumn,
} from '@keshen/rules';

/** How a coded value is called: 德国 for DE, 博士 for doctor; undefined when nothing is known of it. */
export type Naming = (path: string, value: string) => string | undefined;

/** A value as it stands on paper; an empty text when it was not given. Money says 万元 unless the column's head does. */
export function written(field: FormField, value: FieldValue | undefined, naming: Naming, unitInHead = false): string {
  if (value === undefined || value === '') return '';
  const called = (code: string) => naming(field.path, code) ?? code;
  if (typeof value === 'object')
    return value.flatMap((one) => (typeof one === 'string' ? [called(one)] : [])).join('、');
  switch (field.type) {
    case 'money':
      return unitInHead ? tenThousandsColumn(Number(value)) : formatTenThousands(Number(value));
    case 'date':
      return dateOnPaper(String(value));
    case 'boolean':
      return value === true ? '是' : '否';
    case 'attest':
      return value === true ? '已声明' : '';
    case 'integer':
      return `${String(value)}${field.unit ?? ''}`;
    default:
      return called(String(value));
  }
}

export function dateOnPaper(iso: string): string {
  const day = parseDate(iso);
  return day === undefined ? iso : officialDate(day);
}

const NUMERALS = '零一二三四五六七八九';

/** 一, 十, 十二, 三十五: for 1 to 99, as headings are numbered. */
export function chineseNumeral(ordinal: number): string {
  const [tens, ones] = [Math.floor(ordinal / 10), ordinal % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : NUMERALS[tens]}十`;
  return head + (ones === 0 && tens > 0 ? '' : NUMERALS[ones]);
}
