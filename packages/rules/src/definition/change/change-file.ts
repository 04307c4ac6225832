import { isMap } from 'yaml';
import { rule } from '../files/rules-file.ts';
import { anything, choice, dictionary, either, list, optional, record, text, type Read } from '../shape/shape.ts';

const removal = record({ id: text(), remove: choice(['true'], { about: '去掉这条规则' }) });

/** What would be otherwise in a call: readings switched, parameters of another value, rules put in, replaced or taken out. */
export const changeFile = record({
  readings: optional(dictionary(text(), { about: '读法: 选项' })),
  parameters: optional(dictionary(anything(), { about: '参数: 取值，写法与 call.yaml 相同' })),
  rules: optional(
    list(
      either((node) => isMap(node) && node.has('remove'), removal, rule),
      { about: '整条规则，编号相同的换掉、新的加上；或 { id, remove: true }' },
    ),
  ),
});
export type ChangeFile = Read<typeof changeFile>;
