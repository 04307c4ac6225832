import { boolean, expression, integer, list, optional, record, text, type Read } from '../shape/shape.ts';
import { clauses, forEach, severity } from './common.ts';
import { field } from './form-file.ts';

const material = record({
  key: text(),
  title: text(),
  clause: clauses,
  help: optional(text()),
  why: optional(text({ about: '为什么要交；不写则由条件生成' })),
  severity: optional(severity),
  when: optional(expression({ about: '何时要交；不写为总是' })),
  for_each: optional(forEach),
  min: optional(integer({ about: '至少几个文件；0 为可交可不交' })),
  max: optional(integer({ min: 1 })),
  accept: optional(list(text(), { min: 1, about: '扩展名：pdf、jpg……默认 pdf' })),
  maxBytes: optional(integer({ min: 1, about: '每个文件的上限，默认 10485760' })),
  colour: optional(boolean({ about: '须为彩色扫描件' })),
  template: optional(text({ about: '模板文件' })),
  facts: optional(list(field, { about: '文件旁边要填的内容；本文件叫 it' })),
});

export const materialsFile = list(material);
export type MaterialsFile = Read<typeof materialsFile>;
