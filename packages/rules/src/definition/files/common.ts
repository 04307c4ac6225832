import { isSeq } from 'yaml';
import {
  choice,
  dictionary,
  either,
  expression,
  list,
  oneOrMore,
  optional,
  record,
  text,
  type Read,
} from '../shape/shape.ts';
import { anything } from '../shape/shape.ts';

export const SEVERITIES = ['block', 'soft', 'hint'] as const;
export const OUTCOMES = ['pass', 'fail', 'unknown', 'needs_human', 'not_applicable'] as const;

/** Who a question goes to. */
export const REVIEWERS = [
  'organisationAdministrator',
  'recommendingDepartment',
  'programmeOfficer',
  'serviceCentre',
  'integrityOfficer',
  'expert',
] as const;

export const clauses = oneOrMore(text(), { about: '条款编号，一条或几条，第一条用于引用' });

export const under = dictionary(text(), { about: '只在采用这些读法时有效：{ 读法: 选项 }' });

/** One verdict over rows: a table, files, a register, or fixed rows written here. */
export const forEach = record(
  {
    row: text({ about: '行的名字，式子里用它' }),
    in: either(
      isSeq,
      list(dictionary(anything()), { about: '固定的几行，每行写 id、label 和要用的值' }),
      expression({ about: '表或列表' }),
    ),
    when: optional(expression({ about: '只看满足此条件的行' })),
    noun: optional(text({ about: '一行叫什么' })),
  },
  { about: '对每一行都要成立' },
);
export type WrittenForEach = Read<typeof forEach>;

export const severity = choice(SEVERITIES, {
  about: 'block 不通过即不能提交；soft 原则上、一般：说明并转人工；hint 只提示',
});
