import type { FormField } from '@keshen/rules';
import { describe, expect, it } from 'vitest';
import { matchColumns } from './match-columns.ts';
import { readCell, unitInHeading } from './read-cell.ts';
import { readPaste, unitLooksWrong } from './read-paste.ts';
import { readTsv } from './read-tsv.ts';

const field = (key: string, label: string, type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  key,
  path: `members.list.${key}`,
  label,
  name: label,
  type,
  required: false,
  ...more,
});
const genders = [
  { value: 'male', label: '男' },
  { value: 'female', label: '女' },
];
const columns = [
  field('name', '姓名', 'text'),
  field('gender', '性别', 'one_of', { options: genders }),
  field('birthDate', '出生日期', 'date'),
  field('organisation', '工作单位', 'text'),
  field('monthsPerYear', '每年投入月数', 'integer'),
  field('grant', '财政资金', 'money'),
];
const optionsOf = (column: FormField) => column.options ?? [];
const paste = (text: string, unit: '万元' | '元' = '万元') => {
  const cells = readTsv(text);
  let next = 0;
  const given = { columns, matching: matchColumns(cells, columns), unit, optionsOf, newId: () => `r${++next}` };
  return readPaste(cells, given);
};
const cell = (type: FormField['type'], text: string, options = genders, unit: '万元' | '元' = '万元') =>
  readCell(field('x', '甲', type), text, { options, unit });

describe('从剪贴板读表', () => {
  it('reads tabs, quoted cells with line breaks, and leaves blank rows out', () => {
    expect(readTsv('a\tb\r\n"两\n行"\t"说 ""好"""\r\n\t\t\r\n')).toEqual([
      ['a', 'b'],
      ['两\n行', '说 "好"'],
    ]);
    expect(readTsv('5" 管\tb\n"没有收尾\tc')).toEqual([
      ['5" 管', 'b'],
      ['"没有收尾', 'c'],
    ]);
    expect(readTsv('')).toEqual([]);
  });
  it('matches columns by label, synonym and without the unit in brackets, in any order', () => {
    const { header, match } = matchColumns(
      [['序号', '*财政拨款（元）', '姓名', '出生年月', '所在单位', '年龄']],
      columns,
    );
    expect(header).toBe(true);
    expect(match).toEqual([undefined, 'grant', 'name', 'birthDate', 'organisation', undefined]);
  });
  it('goes by order where there is no heading, past running numbers', () => {
    expect(
      matchColumns(
        [
          ['1', '甲', '男'],
          ['2', '乙', '女'],
        ],
        columns,
      ),
    ).toEqual({
      header: false,
      match: [undefined, 'name', 'gender'],
    });
    expect(matchColumns([['甲', '男']], columns).match).toEqual(['name', 'gender']);
  });
});

describe('逐格读取', () => {
  it.each([
    ['2026-5-18', '2026-05-18'],
    ['2026年5月18日', '2026-05-18'],
    ['20260518', '2026-05-18'],
    ['1980.3', '1980-03-01'],
    ['2026年5月', '2026-05-01'],
    ['46160', '2026-05-18'],
    ['18/5/2026', '2026-05-18'],
    ['5/18/2026', '2026-05-18'],
  ])('date %s', (text, date) => expect(cell('date', text).value).toBe(date));
  it('asks rather than guesses a date', () => {
    expect(cell('date', '3/4/2026')).toEqual({ problem: expect.stringContaining('分不清') });
    expect(cell('date', '2026-02-30').problem).toContain('没有');
    expect(cell('date', '1980.3').warning).toContain('当月1日');
  });
  it('knows 万元 and 元', () => {
    expect(cell('money', '30').value).toBe(30_000_000);
    expect(cell('money', '300,000', genders, '元').value).toBe(30_000_000);
    expect(cell('money', '￥300000元').value).toBe(30_000_000);
    expect(cell('money', '30万', genders, '元').value).toBe(30_000_000);
    expect(cell('money', '三十').problem).toContain('请填数字');
    expect(unitInHeading('财政资金（元）')).toBe('元');
    expect(unitInHeading('财政资金(万元)')).toBe('万元');
    expect(unitInHeading('财政资金')).toBeUndefined();
  });
  it('takes options by label or code, says when it guessed, and names what is possible', () => {
    const kinds = [
      { value: 'university', label: '高等学校' },
      { value: 'publicInstitution', label: '其他事业单位（含医院）' },
      { value: 'other', label: '其他' },
    ];
    expect(cell('one_of', '高等学校', kinds)).toEqual({ value: 'university' });
    expect(cell('one_of', '高等', kinds)).toEqual({ value: 'university', warning: '按“高等学校”' });
    expect(cell('one_of', '不知道', kinds).problem).toContain('之一');
    expect(cell('many_of', '男、女').value).toEqual(['male', 'female']);
  });
  it('reads yes and no, whole numbers with their unit, and refuses what Excel has spoilt', () => {
    expect(cell('boolean', '是').value).toBe(true);
    expect(cell('boolean', '×').value).toBe(false);
    expect(cell('integer', '8个月').value).toBe(8);
    expect(cell('integer', '8.0').value).toBe(8);
    expect(cell('integer', '8.5').problem).toBe('应为整数');
    expect(cell('resident_id', '2.10102E+17').problem).toContain('科学计数');
    expect(cell('resident_id', '２１０１０２１９８００１０１００１ｘ').value).toBe('21010219800101001X');
    expect(cell('attest', '是').problem).toContain('勾选');
  });
});

describe('整表', () => {
  it('takes what can be read and counts what cannot', () => {
    const { rows, problems, warnings } = paste('姓名\t性别\t出生年月\n张示例\t男\t1980.3\n李示例\t不详\t1985-01-02');
    expect(rows.map(({ row }) => row)).toEqual([
      { id: 'r1', name: '张示例', gender: 'male', birthDate: '1980-03-01' },
      { id: 'r2', name: '李示例', birthDate: '1985-01-02' },
    ]);
    expect([problems, warnings]).toEqual([1, 1]);
  });
  it('sees amounts that stand in the other unit', () => {
    expect(unitLooksWrong(paste('姓名\t财政资金\n甲\t300000\n乙\t150000'), columns)).toBe('元');
    expect(unitLooksWrong(paste('姓名\t财政资金\n甲\t30\n乙\t15', '元'), columns)).toBe('万元');
    expect(unitLooksWrong(paste('姓名\t财政资金\n甲\t30\n乙\t15'), columns)).toBeUndefined();
    expect(unitLooksWrong(paste('姓名\t财政资金（元）\n甲\t300000'), columns)).toBeUndefined();
  });
  it('reads 5,000 rows without a pause', () => {
    const text = Array.from({ length: 5000 }, (_, at) => `示例${at}\t男\t1980-01-01\t某大学\t6\t1.5`).join('\n');
    const start = performance.now();
    expect(paste(text).rows).toHaveLength(5000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
