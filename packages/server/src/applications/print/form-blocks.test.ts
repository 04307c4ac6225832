import type { FormField, FormSection, SectionValue } from '@keshen/rules';
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
  const sections: FormSection[] = [{ key: 's', title: '部分', fields }];
  const [section = { title: '', blocks: [] }] = printedSections(sections, { s: answers }, view, true);
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

test('a long answer that nobody asked for and nobody gave takes one line, one that is missing says so', () => {
  const { blocks } = print([field('note', 'long_text', { required: false }), field('plan', 'long_text')], {});
  expect(blocks).toMatchObject([
    { kind: 'fields', whole: true, fields: [{ label: 'note', value: '无' }] },
    { kind: 'text', title: 'plan', value: '' },
  ]);
});

test('an amount is never broken: its column is as wide as the longest, the sum included', () => {
  const table = field('t', 'table', { columns: [column('item', 'text'), column('grant', 'money')] });
  const widthFor = (grant: number) => {
    const rows = [1, 2].map((id) => ({ id: String(id), item: '甲', grant }));
    const [block] = print([table], { t: rows }).blocks;
    return block?.kind === 'table' ? block.columns[2]?.width : undefined;
  };
  expect(widthFor(0)).toBe('22mm');
  expect(widthFor(1_234_567_890_123_456)).toBe('38mm');
});

test('texts too long for a column make cards, which may then break over pages', () => {
  const table = field('t', 'table', { columns: [column('task', 'long_text')] });
  const kindFor = (length: number) => print([table], { t: [{ id: 'a', task: '字'.repeat(length) }] }).blocks[0];
  expect(kindFor(200)?.kind).toBe('table');
  expect(kindFor(201)).toMatchObject({ kind: 'cards', cards: [{ whole: true }] });
  expect(kindFor(501)).toMatchObject({ kind: 'cards', cards: [{ whole: false }] });
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
