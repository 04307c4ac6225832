import { describe, expect, it } from 'vitest';
import type { FieldType, FormField } from '../call.ts';
import type { Application } from '../subject.ts';
import { type HintInput, hintsFor } from './index.ts';

const field = (path: string, label: string, type: FieldType, more: Partial<FormField> = {}): FormField => ({
  key: path.split('.').at(-1) ?? '',
  path,
  label,
  name: label,
  type,
  required: true,
  ...more,
});
const form: HintInput['form'] = {
  completeness: { clause: 'X' },
  sections: [
    {
      key: 'project',
      title: '项目信息',
      fields: [
        field('project.title', '项目名称', 'text'),
        field('project.summary', '摘要', 'long_text', { maxLength: 500 }),
      ],
    },
    {
      key: 'text',
      title: '正文',
      fields: ['background', 'plan'].map((key) => field(`text.${key}`, key, 'long_text', { maxLength: 8000 })),
    },
    {
      key: 'members',
      title: '成员',
      fields: [
        field('members.list', '成员', 'table', {
          rowNoun: '成员',
          columns: [field('members.list.name', '姓名', 'text')],
        }),
      ],
    },
    {
      key: 'budget',
      title: '预算',
      fields: [
        field('budget.total', '项目总预算', 'money'),
        field('budget.grant', '申请财政资金', 'money'),
        field('budget.items', '支出预算', 'table', {
          rowNoun: '科目',
          columns: [field('budget.items.grant', '财政资金', 'money')],
        }),
      ],
    },
  ],
};
const TITLE = '低能耗海水淡化膜界面设计';
const topics = [
  { code: 'water', title: '海水淡化与水处理' },
  { code: 'machine', title: '高端数控机床主轴' },
];
const titles = [
  { key: 'professor', name: '教授', series: '高校', rank: 'senior' },
  { key: 'lecturer', name: '讲师', series: '高校', rank: 'intermediate' },
] as HintInput['titles'];
const hints = (application: Application) =>
  hintsFor({ application, form, topics, topicField: 'project.topic', titles, date: '2026-05-18' });
const kinds = (application: Application) => hints(application).map(({ kind }) => kind);

describe('提示：年龄、职称、学位', () => {
  const person = (more: object) => ({ principalInvestigator: { name: '张示例', ...more } as Application[string] });
  it.each([
    [{ birthDate: '2026-06-01' }, ['age']],
    [{ birthDate: '2012-01-01' }, ['age']],
    [{ birthDate: '1930-01-01' }, ['age']],
    [{ birthDate: '2000-01-01', title: 'professor' }, ['title']],
    [{ birthDate: '1998-05-18', title: 'professor' }, []],
    [{ birthDate: '2006-01-01', degree: 'doctor', title: 'lecturer' }, ['degree']],
    [{ birthDate: '1980-01-01', degree: 'doctor', title: 'professor' }, []],
    [{}, []],
  ])('%j', (more, expected) => expect(kinds(person(more))).toEqual(expected));
});

describe('提示：同一人', () => {
  const two = (a: object, b: object): Application => ({
    members: {
      list: [
        { id: 'a', ...a },
        { id: 'b', ...b },
      ],
    },
  });
  const same = { name: '李示例', birthDate: '1985-01-02' };
  it('sees one person under two units, by number or by name and birth', () => {
    expect(hints(two({ ...same, organisation: '甲大学' }, { ...same, organisation: '乙公司' }))).toMatchObject([
      { kind: 'two-units', fields: ['members.list[a].organisation', 'members.list[b].organisation'] },
    ]);
    expect(kinds(two({ ...same, organisation: '甲大学' }, { ...same, organisation: '甲 大学' }))).toEqual(['twice']);
    expect(kinds(two({ ...same, idNumber: '1' }, { ...same, idNumber: '2' }))).toEqual([]);
    expect(kinds(two({ name: '李示例' }, { name: '李示例' }))).toEqual([]);
  });
  it('adds the months of one person, the principal investigator included', () => {
    expect(kinds(two({ ...same, monthsPerYear: 8 }, { ...same, monthsPerYear: 5 }))).toEqual(['twice', 'months']);
    expect(kinds(two({ ...same, monthsPerYear: 6 }, { ...same, monthsPerYear: 6 }))).toEqual(['twice']);
    expect(
      kinds({
        principalInvestigator: { ...same, effort: [{ id: 'e', year: 1, months: 10 }] },
        members: { list: [{ id: 'a', ...same, monthsPerYear: 3 }] },
      }),
    ).toEqual(['twice', 'months']);
  });
});

describe('提示：金额', () => {
  const budget = (total: number, grant: number) => ({ budget: { total, grant } });
  it('sees 元 in a box of 万元 and the other way round', () => {
    expect(kinds(budget(45_000_000, 30_000_000))).toEqual([]);
    expect(hints(budget(45_000_000, 300_000_000_000))).toMatchObject([{ kind: 'unit', fields: ['budget.grant'] }]);
    expect(kinds(budget(45_000_000, 3_000))).toEqual(['unit']);
    expect(kinds(budget(45_000_000, 0))).toEqual([]);
    expect(kinds(budget(450_000_000_000, 1))).toEqual(['budget']);
    expect(kinds(budget(4_500, 1))).toEqual(['budget']);
    expect(hints({ budget: { total: 45_000_000, items: [{ id: 'r1', grant: 5_000_000_000 }] } })).toMatchObject([
      { fields: ['budget.items[r1].grant'], text: expect.stringContaining('科目 1的财政资金') },
    ]);
  });
});

describe('提示：进度安排', () => {
  const plan = (...stages: [string, string][]): Application => ({
    project: { startDate: '2026-01-01', endDate: '2027-12-31' },
    schedule: { list: stages.map(([from, to], at) => ({ id: `s${at}`, from, to })) },
  });
  it('finds days without work, stages outside the period, and reversed ones', () => {
    expect(kinds(plan(['2026-01-01', '2026-12-31'], ['2027-01-01', '2027-12-31']))).toEqual([]);
    expect(kinds(plan(['2027-01-01', '2027-12-31'], ['2026-01-01', '2026-12-31']))).toEqual([]);
    expect(hints(plan(['2026-01-01', '2026-12-30'], ['2027-01-01', '2027-12-31']))).toMatchObject([
      { kind: 'stage-gap', text: expect.stringContaining('2026年12月31日'), fields: ['schedule.list[s1].from'] },
    ]);
    expect(kinds(plan(['2026-02-01', '2027-11-30']))).toEqual(['stage-gap', 'stage-gap']);
    expect(hints(plan(['2025-12-01', '2028-01-31']))).toMatchObject([
      { kind: 'stage-outside', fields: ['schedule.list[s0].from', 'schedule.list[s0].to'] },
    ]);
    expect(kinds(plan(['2026-12-31', '2026-01-01']))).toEqual(['stage-order']);
  });
});

describe('提示：文字', () => {
  const long = '海水淡化膜的界面设计决定了能耗与寿命，'.repeat(5);
  it('finds chapters of a line and chapters that are the same', () => {
    expect(kinds({ text: { background: '略', plan: long } })).toEqual(['short']);
    expect(hints({ text: { background: long, plan: ` ${long}` } })).toMatchObject([
      { kind: 'identical', fields: ['text.background', 'text.plan'] },
    ]);
    expect(kinds({ text: { background: long } })).toEqual([]);
  });
  it('finds a title that is vague, beside its summary, or of another topic', () => {
    expect(kinds({ project: { title: '某某产品研究' } })).toEqual(['title-vague']);
    expect(kinds({ project: { title: TITLE, topic: 'water', summary: '研究海水淡化膜。' } })).toEqual([]);
    expect(kinds({ project: { title: TITLE, summary: '主轴热误差补偿方法。' } })).toEqual(['title-summary']);
    expect(kinds({ project: { title: TITLE, topic: 'machine' } })).toEqual(['title-topic']);
  });
  it('names characters that paper may not have', () => {
    expect(hints({ members: { list: [{ id: 'a', name: '王𠮷示' }] } })).toMatchObject([
      { kind: 'character', fields: ['members.list[a].name'], text: expect.stringContaining('𠮷') },
    ]);
    expect(kinds({ project: { title: `${TITLE}😀` } })).toEqual(['character']);
    expect(hints({ project: { title: `${TITLE}\u200B` } })).toMatchObject([
      { text: expect.stringContaining('U+200B') },
    ]);
    expect(kinds({ project: { title: `${TITLE}（α—β）℃±©` } })).toEqual([]);
  });
});

it('stumbles over nothing', () => {
  const strange = { project: { title: 7 }, members: { list: 'x' }, schedule: { list: [{}] }, budget: { total: '1' } };
  expect(hints(strange as unknown as Application)).toEqual([]);
  expect(hints({})).toEqual([]);
});

describe('提示：成员单位、签订日期、协议有效期', () => {
  const members = (organisation: string): Application => ({
    lead: { name: '甲大学' },
    partners: { list: [{ id: 'p', name: '乙研究所（Institute B）' }] },
    members: { list: [{ id: 'a', name: '李示例', organisation }] },
  });
  it.each([
    ['甲大学', []],
    ['甲 大学', []],
    ['乙研究所', []],
    ['丙公司', ['unit']],
  ])('a member of %s', (organisation, expected) => expect(kinds(members(organisation))).toEqual(expected));
  it('says nothing before any unit is typed', () => {
    expect(kinds({ members: { list: [{ id: 'a', name: '李示例', organisation: '丙公司' }] } })).toEqual([]);
  });

  const paper = (facts: object) =>
    hintsFor({
      application: { project: { endDate: '2027-12-31' } },
      form,
      topics,
      titles,
      date: '2026-05-18',
      papers: [{ key: 'agreement', title: '合作协议' }],
      materials: { agreement: [{ id: 'f', fileName: '协议.pdf', bytes: 1, ...facts }] },
    });
  it.each([
    [{ signedOn: '2026-05-18', validUntil: '2027-12-31' }, []],
    [{ signedOn: '2026-05-19' }, ['signed-later']],
    [{ signedOn: '2026-05-01', validUntil: '2026-04-30' }, ['expired-before-signed', 'agreement-short']],
    [{ validUntil: '2027-12-30' }, ['agreement-short']],
    [{}, []],
  ])('an agreement with %j', (facts, expected) => expect(paper(facts).map(({ kind }) => kind)).toEqual(expected));
  it('leads to what was told beside the file', () => {
    expect(paper({ signedOn: '2030-01-01' })).toMatchObject([{ fields: ['materials.agreement[f].signedOn'] }]);
  });
});
