import { isScalar } from 'yaml';
import {
  anything,
  boolean,
  choice,
  dictionary,
  either,
  expression,
  integer,
  list,
  optional,
  record,
  text,
  type Read,
  type Shape,
  type Written,
} from '../shape/shape.ts';
import { clauses } from './common.ts';

export const FIELD_TYPES = [
  'text',
  'long_text',
  'money',
  'date',
  'integer',
  'boolean',
  'one_of',
  'many_of',
  'table',
  'country',
  'division',
  'uscc',
  'resident_id',
  'phone',
  'email',
  'attest',
] as const;

export const OPTIONS_FROM = ['countries', 'divisions', 'titles', 'topics', 'partners'] as const;

const option = record({ value: text(), label: text(), help: optional(text()) });

const bound = either<number, string>(
  (node) => isScalar(node) && typeof node.value === 'number',
  integer({ min: -1_000_000_000 }),
  text({ about: '金额 0元，日期 2026-01-01' }),
);

const attributes = {
  label: optional(text()),
  name: optional(text({ about: '句子里怎么称呼；不写用 label' })),
  type: optional(choice(FIELD_TYPES)),
  required: optional(expression({ about: 'true、false 或式子' })),
  when: optional(expression({ about: '何时显示并要求；表的列里本行叫 it' })),
  help: optional(text()),
  placeholder: optional(text()),
  unit: optional(text()),
  options: optional(list(option)),
  options_from: optional(choice(OPTIONS_FROM)),
  min: optional(bound),
  max: optional(bound),
  minLength: optional(integer()),
  maxLength: optional(integer({ min: 1 })),
  pattern: optional(record({ source: text(), say: text() })),
  rowNoun: optional(text({ about: '表的一行叫什么：合作单位' })),
  rowName: optional(text({ about: '哪一列是这一行的名字' })),
  rowMeasure: optional(text({ about: '量词：家、人、项' })),
  clause: optional(clauses),
  attests: optional(text({ about: '这项声明对应的条款' })),
  agrees: optional(record({ birth: optional(text()), sex: optional(text()) })),
  personal: optional(boolean({ about: '个人信息：加密、遮蔽' })),
  width: optional(choice(['short', 'medium', 'long'])),
};

const column = record({ key: text(), ...attributes, label: text(), type: choice(FIELD_TYPES) });
export type WrittenField = Read<typeof column> & { columns?: WrittenField[] };
export const field: Shape<WrittenField> = record({
  key: text(),
  ...attributes,
  label: text(),
  type: choice(FIELD_TYPES),
  columns: optional(list(column)),
});

const section = record({
  key: text(),
  title: text(),
  help: optional(text()),
  when: optional(expression()),
  fields: list(field),
});
export type WrittenSection = { key: string; title: string; help?: string; when?: Written; fields: WrittenField[] };

/** Attributes of a field, column or section to be replaced. */
const change = record({ ...attributes, title: optional(text()), columns: optional(list(column)) });
export type WrittenChange = Read<typeof change>;

export const formFile = record({
  extends: optional(text({ about: '通用申报书的名字：standard' })),
  completeness: record({ clause: text({ about: '没有填全时引用哪一条' }) }),
  sections: optional(list(section, { about: '自己的部分；与 extends 同用时加在后面' })),
  change: optional(dictionary(change, { about: '路径 → 要改的属性' })),
  drop: optional(list(text(), { about: '不要的部分、字段或列' })),
  add: optional(dictionary(list(field), { about: '部分或表 → 要加的字段或列' })),
  order: optional(list(text(), { about: '各部分的次序；没写到的排在后面' })),
});
export type FormFile = Read<typeof formFile>;

/** A standard form that calls extend. */
export const standardFormFile = record({
  label: text(),
  source: optional(text()),
  asOf: optional(text()),
  options: optional(anything({ about: '供引用（*名字）的选项' })),
  sections: list(section, { min: 1 }),
});
