import type { ReferenceData } from '../reference.ts';
import { makeCreditCode } from '../identifiers/credit-code.ts';
import { makeResidentId } from '../identifiers/resident-id.ts';
import { RULES } from './fixture-rules.ts';

/** A small invented call that uses every part of the language, for tests of the way from text to verdict. */

export const REFERENCE: ReferenceData = {
  countries: [
    { code: 'CN', name: '中国' },
    { code: 'HK', name: '中国香港' },
    { code: 'DE', name: '德国' },
    { code: 'JP', name: '日本' },
    { code: 'HU', name: '匈牙利' },
  ],
  groups: {
    river: [
      { from: '2029-01-01', until: '2029-12-31', members: ['DE'], source: '虚构' },
      { from: '2030-01-01', members: ['DE', 'HU'], source: '虚构' },
    ],
  },
  groupNames: { river: '沿河国家' },
  divisions: [
    { code: '210000', name: '辽宁省' },
    { code: '210100', name: '沈阳市' },
    { code: '310000', name: '上海市' },
  ],
  holidays: {
    '2025': {
      off: ['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'],
      work: ['2025-09-28', '2025-10-11'],
      source: '虚构',
    },
  },
  titles: [
    { key: 'professor', name: '教授', series: '教师', rank: 'senior' },
    { key: 'associateProfessor', name: '副教授', series: '教师', rank: 'associateSenior' },
    { key: 'lecturer', name: '讲师', series: '教师', rank: 'intermediate' },
  ],
};

const STANDARD = `
label: 通用
sections:
  - key: project
    title: 项目
    fields:
      - { key: title, label: 项目名称, type: text, required: true, maxLength: 20 }
      - { key: topic, label: 专题, type: one_of, options_from: topics, required: true }
      - { key: start, label: 开始日期, name: 项目开始日期, type: date, required: true }
      - { key: end, label: 结束日期, name: 项目结束日期, type: date, required: true }
      - { key: unwanted, label: 用不着的, type: text }
  - key: lead
    title: 牵头单位
    fields:
      - { key: name, label: 单位名称, name: 牵头单位名称, type: text, required: true }
      - { key: uscc, label: 统一社会信用代码, type: uscc, required: true }
      - key: kind
        label: 单位类型
        type: one_of
        required: true
        options: [{ value: enterprise, label: 企业 }, { value: university, label: 高校 }, { value: club, label: 社团 }]
      - { key: legalPerson, label: 是否独立法人, name: 牵头单位是否独立法人, type: boolean, required: true }
      - { key: registeredOn, label: 注册日期, type: date, required: true }
      - { key: division, label: 注册地, type: division, required: true }
  - key: budget
    title: 经费
    fields:
      - { key: total, label: 总预算, type: money, required: true }
      - { key: grant, label: 申请资助, type: money, required: true }
      - { key: selfRaised, label: 自筹资金, type: money, required: true }
      - { key: inKind, label: 实物作价, type: money, required: lead.kind == "enterprise", when: lead.kind == "enterprise" }
`;

export const STANDARD_FORMS = { standard: STANDARD };

const CALL = `
key: test-call
title: 2030年度演示合作计划
authority: 演示厅
programme: 演示合作计划
planYear: 2030
notice: { title: 关于组织申报的通知, publishedOn: 2030-01-01 }
words: { recommendingDepartment: 初审单位, recommendationList: 清单, platform: 演示平台 }
windows:
  - { key: fill, title: 网上填报, clause: T-1, opens: 2030-01-10 09:00, closes: 2030-02-10 17:00, actions: [submit, forward] }
  - key: recommend
    title: 审核推荐
    clause: T-2
    closes: 2030-02-20 17:00
    closesInclusive: reading.before == "included"
    actions: [recommend]
parameters:
  - { key: share, label: 自筹比例, type: ratio, clause: T-5, values: [{ from: 2029-01-01, value: 60% }, { from: 2030-01-01, value: 70% }] }
  - { key: bornFrom, label: 出生日期下限, type: date, clause: T-4, values: [{ from: 2030-01-01, value: 1970-01-01 }] }
  - { key: once, label: 有期限的, type: integer, clause: T-5, values: [{ from: 2030-01-01, until: 2030-12-31, value: 3 }] }
documents: { recommendationList: { title: 清单, columns: [{ key: title, title: 项目名称, from: project.title }] } }
contacts: [{ matter: 咨询, office: 演示处, phones: ['024-12345678'] }]
`;

const CLAUSES = `
- { id: T-1, at: 一, kind: window, how: workflow, text: 填报时限 }
- id: T-2
  at: 二
  kind: window
  how: workflow
  text: 推荐时限
  readings:
    - { key: before, point: 前, taken: included, why: 通常含, options: { included: 含当日, excluded: 不含 } }
- { id: T-3, at: 三, kind: eligibility.org, how: auto, text: 牵头单位的条件 }
- { id: T-4, at: 四（一）, kind: eligibility.pi, how: auto, text: 负责人的条件 }
- id: T-5
  at: 四（二）
  kind: funding
  how: auto
  text: 经费
  readings:
    - { key: counted, point: 总预算, taken: all, why: 未限, options: { all: 全部, grantOnly: 只计资助 } }
- { id: T-6, at: 五, kind: limit, how: auto, text: 限项与诚信 }
- { id: T-7, at: 六, kind: agreement, how: document, text: 合作协议 }
- { id: T-8, at: 七, kind: pledge, how: attest, text: 声明 }
- { id: T-9, at: 八, kind: info, how: info, text: 说明, bound: [{ by: shown, where: callPage }] }
`;

const TOPICS = `
- { code: a, title: 甲类, opening: open, clause: T-5, values: { cap: 30万元 } }
- { code: b, title: 乙类, opening: open, clause: T-5, values: { cap: 50万元 } }
`;

const FORM = `
extends: standard
completeness: { clause: T-3 }
drop: [project.unwanted]
change:
  budget.grant: { help: 定额 }
add:
  budget:
    - { key: note, label: 超额说明, type: long_text, maxLength: 100 }
sections:
  - key: person
    title: 负责人
    fields:
      - { key: name, label: 姓名, name: 负责人姓名, type: text, required: true }
      - { key: idNumber, label: 证件号码, name: 负责人证件号码, type: resident_id, required: true, agrees: { birth: person.birth, sex: person.gender } }
      - { key: gender, label: 性别, type: one_of, required: true, options: [{ value: male, label: 男 }, { value: female, label: 女 }] }
      - { key: birth, label: 出生日期, name: 负责人出生日期, type: date, required: true }
      - { key: title, label: 职称, name: 负责人职称, type: one_of, options_from: titles, required: true }
      - { key: degree, label: 学位, name: 负责人学位, type: one_of, required: true, options: [{ value: doctor, label: 博士 }, { value: master, label: 硕士 }] }
      - { key: academician, label: 是否院士, type: boolean, required: true }
      - { key: fields, label: 研究方向, type: many_of, required: true, options: [{ value: x, label: 方向甲 }, { value: y, label: 方向乙 }] }
      - { key: honest, label: 所填属实, type: attest, required: true, attests: T-8 }
  - key: partners
    title: 合作单位
    fields:
      - key: list
        label: 合作单位
        type: table
        rowNoun: 合作单位
        rowMeasure: 家
        rowName: name
        required: true
        min: 1
        columns:
          - { key: name, label: 名称, type: text, required: true }
          - { key: country, label: 国家（地区）, type: country, required: true }
          - { key: principal, label: 是否主要合作单位, type: boolean, required: true }
          - { key: place, label: 境外注册地, type: text, when: it.country != "CN", required: it.country != "CN" }
          - { key: share, label: 分得资金, type: money, required: true }
`;

const MATERIALS = `
- key: agreement
  title: 合作协议
  clause: T-7
  for_each: { row: p, in: partners.list, when: p.country != "CN" }
  facts:
    - { key: stated, label: 是否写明有效期, type: boolean, required: true }
    - { key: until, label: 有效期至, type: date, required: it.stated, when: it.stated }
- key: pledge
  title: 配套承诺书
  clause: T-7
  when: lead.kind == "enterprise"
  accept: [pdf]
  maxBytes: 1000
- key: statements
  title: 财务报表
  clause: T-7
  when: lead.kind == "enterprise"
  for_each:
    row: y
    in: [{ id: y2028, label: 2028年, year: 2028 }, { id: y2029, label: 2029年, year: 2029 }]
    when: y.year >= year_of(lead.registeredOn)
- { key: other, title: 其他材料, clause: T-7, min: 0 }
`;

const CASES = `
- { name: 开始前一毫秒, clause: T-1, window: submit, at: '2030-01-10 08:59:59.999', expect: false }
- { name: 截止时刻, clause: T-1, window: submit, at: '2030-02-10 17:00:00.000', expect: true }
- { name: 截止后一毫秒, clause: T-1, window: submit, at: '2030-02-10 17:00:00.001', expect: false }
- { name: 推荐截止含本数, clause: T-2, window: recommend, at: '2030-02-20 17:00', expect: true }
- { name: 推荐截止不含本数, clause: T-2, readings: { before: excluded }, window: recommend, at: '2030-02-20 17:00', expect: false }
- { name: 齐备, expect: ready }
- { name: 没填名称, set: { project.title: ~ }, expect: incomplete }
- { name: 超额未说明, set: { budget.grant: 31万元, budget.selfRaised: 70万元, budget.total: 101万元, budget.inKind: 0元, 'partners.list[p1].share': 0元 }, expect: blocked }
- { name: 工作日, workingDays: { from: 2025-09-26, count: 5 }, expect: 2025-10-10 }
- { name: 工作日没有数据, workingDays: { from: 2025-12-30, count: 5 }, expect: unknownYear }
- { name: 要协议, material: agreement, row: p1, expect: 'yes' }
- { name: 缺协议, set: { materials.agreement: [] }, rule: 'material:agreement:p1', expect: fail }
- { name: 当年才注册, set: { lead.registeredOn: 2029-01-01 }, material: statements, row: y2028, expect: 'no' }
- { name: 名额, mechanism: quota, expect: 只成一个 }
`;

export const FILES: Record<string, string> = {
  'call.yaml': CALL,
  'clauses.yaml': CLAUSES,
  'topics.yaml': TOPICS,
  'form.yaml': FORM,
  'rules.yaml': RULES,
  'materials.yaml': MATERIALS,
  'quotas.yaml': '[]',
  'cases.yaml': CASES,
};

export const PERSON_ID = makeResidentId('210102', '1980-05-06', '123');
export const LEAD_USCC = makeCreditCode('91', '210100', 'MA0PQR12');

/** A complete application of the fixture that is ready to submit. */
export const EXAMPLE = {
  application: {
    project: { title: '演示项目', topic: 'a', start: '2031-01-01', end: '2032-12-31' },
    lead: {
      name: '演示公司',
      uscc: LEAD_USCC,
      kind: 'enterprise',
      legalPerson: true,
      registeredOn: '2028-06-01',
      division: '210100',
    },
    budget: { total: 100_000_000, grant: 30_000_000, selfRaised: 70_000_000, inKind: 0 },
    person: {
      name: '郑某',
      idNumber: PERSON_ID,
      gender: 'male',
      birth: '1980-05-06',
      title: 'professor',
      degree: 'doctor',
      academician: false,
      fields: ['x'],
      honest: true,
    },
    partners: {
      list: [{ id: 'p1', name: '莱茵公司', country: 'DE', principal: true, place: '莱茵市', share: 10_000_000 }],
    },
  },
  materials: {
    agreement: [{ id: 'f1', row: 'p1', fileName: '协议.pdf', bytes: 500, stated: false }],
    pledge: [{ id: 'f2', fileName: '承诺书.pdf', bytes: 1000 }],
    statements: [
      { id: 'f3', row: 'y2028', fileName: '2028.pdf', bytes: 10 },
      { id: 'f4', row: 'y2029', fileName: '2029.pdf', bytes: 10 },
    ],
  },
  facts: {
    sources: {
      projects: { status: 'ok', asOf: '2030-02-01', name: '演示项目库' },
      misconduct: { status: 'ok', asOf: '2030-02-01', name: '演示诚信库' },
    },
    projects: [],
    misconduct: [],
  },
  at: '2030-02-01T10:00:00+08:00',
};
