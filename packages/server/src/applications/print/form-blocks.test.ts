import type { Form, FormField, SectionValue } from '@keshen/rules';
import { expect, test } from 'vitest';
import { type PrintedSection, printedSections } from './form-blocks.ts';
import { chineseNumeral } from './written.ts';

const field = (key: string, type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  key,
  path: `s.${key}`,
  label: key,
  name: key,
  type,
  required: true,
  ...more,
});
const column = (key: string, type: FormField['type']) => ({ ...field(key, type), path: `s.t.${key}` });
const view = { isShown: () => true, naming: (_path: string, value: string) => ({ doctor: '博士' })[value] };
const print = (fields: FormField[], answers: SectionValue): PrintedSection => {
  const form: Form = { completeness: { clause: '' }, sections: [{ key: 's', title: '部分', fields }] };
  const [section = { title: '', blocks: [] }] = printedSections(form, { s: answers }, view);
  return section;
};

test('short answers share a sheet, money says 万元, dates are official, codes have names', () => {
  const fields = [field('amount', 'money'), field('born', 'date'), field('degree', 'one_of'), field('empty', 'text')];
  const { title, blocks } = print(fields, { amount: 69_990_000, born: '1970-03-08', degree: 'doctor' });
  expect(title).toBe('一、部分');
  expect(blocks).toHaveLength(1);
  expect(blocks[0]).toMatchObject({
    kind: 'fields',
    fields: [{ value: '69.99万元' }, { value: '1970年3月8日' }, { value: '博士' }, { value: '' }],
  });
});

test('zero is printed as zero, what nobody asked for as none', () => {
  const { blocks } = print([field('zero', 'money'), field('note', 'text', { required: false })], { zero: 0 });
  expect(blocks[0]).toMatchObject({ fields: [{ value: '0万元' }, { value: '无' }] });
});

test('a narrow table stands upright with a sum under its amounts', () => {
  const table = field('t', 'table', { columns: [column('item', 'text'), column('grant', 'money')] });
  const rows = [
    { id: 'a', item: '甲', grant: 10_000_000 },
    { id: 'b', item: '乙', grant: 5_000_001 },
  ];
  expect(print([table], { t: rows }).blocks[0]).toMatchObject({
    kind: 'table',
    columns: [{ label: '序号' }, { label: 'item' }, { label: 'grant（万元）', align: 'right' }],
    rows: [
      ['1', '甲', '10.00'],
      ['2', '乙', '5.000001'],
    ],
    total: ['合计', '', '15.000001'],
  });
});

test('prices per piece are not added up', () => {
  const table = field('t', 'table', { columns: [column('price', 'money'), column('pieces', 'integer')] });
  const rows = [1, 2].map((pieces) => ({ id: String(pieces), price: 100, pieces }));
  expect(print([table], { t: rows }).blocks[0]).not.toHaveProperty('total');
});

test('a wide table lies on its side, a wider one becomes cards, an empty one says so', () => {
  const wide = (columns: number, type: FormField['type']) =>
    field('t', 'table', { columns: Array.from({ length: columns }, (_, index) => column(`c${index}`, type)) });
  const row = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`c${index}`, '文字']));
  const answers = { t: [{ id: 'a', ...row }] };
  expect(print([wide(8, 'text')], answers).blocks[0]?.kind).toBe('wide');
  expect(print([wide(14, 'text')], answers).blocks[0]?.kind).toBe('cards');
  expect(print([wide(8, 'long_text')], answers).blocks[0]?.kind).toBe('cards');
  expect(print([wide(2, 'text')], { t: [] }).blocks[0]).toMatchObject({ kind: 'empty', value: '未填' });
});

test('headings are numbered as in official papers', () => {
  expect([1, 9, 10, 11, 19, 20, 35].map(chineseNumeral)).toEqual(['一', '九', '十', '十一', '十九', '二十', '三十五']);
});
