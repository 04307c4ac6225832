import type { FormField, FormSection } from '@keshen/rules';
import { describe, expect, it } from 'vitest';
import { changesOf, differingPart } from './changes.ts';

const field = (key: string, label: string, type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  key,
  path: `s.${key}`,
  label,
  name: label,
  type,
  required: false,
  ...more,
});
const section: FormSection = {
  key: 's',
  title: '预算',
  fields: [
    field('title', '项目名称', 'text'),
    field('grant', '申请财政资金', 'money'),
    field('idNumber', '证件号码', 'resident_id', { personal: true }),
    field('list', '合作单位', 'table', {
      rowNoun: '合作单位',
      rowName: 'name',
      columns: [field('name', '单位名称', 'text'), field('grant', '分得资金', 'money')],
    }),
  ],
};
const choices = { of: (one: FormField) => one.options ?? [] };
const changes = (before: object, after: object) =>
  changesOf(section, before as never, after as never, choices, {}).map(({ label, kind, before, after }) =>
    [label, kind, before, after].join('|'),
  );

describe('修改记录', () => {
  it('tells fields by their labels, amounts in 万元, personal numbers in part', () => {
    expect(changes({ grant: 30_000_000, title: '甲' }, { grant: 69_990_000, idNumber: '210102198001010013' })).toEqual([
      '项目名称|removed|甲|',
      '申请财政资金|changed|30万元|69.99万元',
      '证件号码|added||210***********0013',
    ]);
  });
  it('knows rows by their id, wherever they stand', () => {
    const [a, b] = [
      { id: 'r1', name: '甲大学', grant: 1_000_000 },
      { id: 'r2', name: '乙公司' },
    ];
    expect(changes({ list: [a, b] }, { list: [b, { ...a, grant: 2_000_000 }] })).toEqual([
      '合作单位“甲大学”：分得资金|changed|1万元|2万元',
      '合作单位的次序|changed|原来的次序|调整过',
    ]);
    expect(changes({ list: [a, b] }, { list: [b] })).toEqual([
      '合作单位“甲大学”|removed|单位名称：甲大学\n分得资金：1万元|',
    ]);
    expect(changes({}, { list: [b] })).toEqual(['合作单位“乙公司”|added||单位名称：乙公司']);
    expect(changes({ list: [a] }, { list: [{ ...a }] })).toEqual([]);
  });
  it('marks only what differs in a long text', () => {
    expect(differingPart('研究海水淡化膜', '研究苦咸水淡化膜')).toEqual({
      head: '研究',
      before: '海',
      after: '苦咸',
      tail: '水淡化膜',
    });
    expect(differingPart('甲甲', '甲')).toEqual({ head: '甲', before: '甲', after: '', tail: '' });
  });
});
