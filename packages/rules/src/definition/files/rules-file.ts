import { isScalar, isSeq } from 'yaml';
import {
  boolean,
  anything,
  choice,
  dictionary,
  either,
  expression,
  integer,
  list,
  oneOrMore,
  optional,
  record,
  text,
  type Read,
} from '../shape/shape.ts';
import { STATE_KEYS } from '../../lifecycle/states.ts';
import { clauses, forEach, OUTCOMES, REVIEWERS, severity, under } from './common.ts';

export const KINDS = [
  'born_on_or_after',
  'registered_on_or_before',
  'on_or_after',
  'on_or_before',
  'after',
  'before',
  'one_of',
  'none_of',
  'equals',
  'amount_at_most',
  'amount_at_least',
  'amount_equals',
  'amount_between',
  'share_at_least',
  'share_at_most',
  'ratio_at_least',
  'sum_equals',
  'count_at_least',
  'count_at_most',
  'months_between',
  'period_covers',
  'dated_after',
  'dated_before',
  'title_or_degree',
  'document_required',
  'document_for_each',
  'no_record',
] as const;

const term = expression({ about: '字段路径、数额、日期、参数或式子' });
const scalarOrTerms = either(isSeq, list(anything()), anything());

/** Changes to an example: path → value. `~` takes the entry away; `@path` is the value at another path. */
const set = dictionary(anything());

const ruleCase = record({
  name: text(),
  edge: optional(text({ about: '条款清单里的第几个边界例子：LN-4.8b#1' })),
  base: optional(text({ about: 'examples/ 里的哪一份；不写用第一份' })),
  readings: optional(dictionary(text())),
  set: optional(set),
  expect: choice(OUTCOMES),
  fields: optional(list(text(), { about: '必须指到的位置' })),
});

export const rule = record({
  id: text(),
  clause: clauses,
  title: text(),
  scope: optional(choice(['application', 'person', 'organisation', 'call'])),
  severity: optional(severity),
  under: optional(under),
  for_each: optional(forEach),
  when: optional(expression({ about: '何时适用' })),
  except: optional(
    list(
      record({
        when: expression(),
        outcome: choice(OUTCOMES),
        say: text({ about: '说给申报人的话；needs_human 时是给审核人的问题' }),
        to: optional(choice(REVIEWERS)),
      }),
      { about: '例外，从上往下第一个成立的算数' },
    ),
  ),
  require: optional(expression({ about: '要求' })),
  human: optional(record({ when: expression(), to: choice(REVIEWERS), question: text() })),
  explanation: optional(text({ about: 'soft：申报人在哪个字段说明' })),
  show: optional(list(text(), { about: '显示在哪些字段旁；默认为读到的字段' })),
  asks: optional(text({ about: '要求是什么；不写则由式子生成' })),
  remedy: optional(text({ about: '怎么办；不写则生成' })),
  cases: optional(list(ruleCase)),

  kind: optional(choice(KINDS)),
  field: optional(term),
  bound: optional(term),
  values: optional(scalarOrTerms),
  value: optional(anything()),
  min: optional(term),
  max: optional(term),
  part: optional(term),
  whole: optional(term),
  left: optional(term),
  right: optional(term),
  parts: optional(list(expression())),
  total: optional(term),
  in: optional(expression()),
  where: optional(expression({ about: '行叫 it；no_record 里叫 m' })),
  from: optional(term),
  to: optional(term),
  coversFrom: optional(term),
  coversTo: optional(term),
  inclusive: optional(expression()),
  rank: optional(term),
  degree: optional(term),
  minRank: optional(text()),
  degrees: optional(list(text())),
  material: optional(text()),
  row: optional(text()),
  people: optional(list(expression())),
  organisations: optional(list(expression())),
});
export type WrittenRule = Read<typeof rule>;
export const rulesFile = list(rule);

/** Cases that are not about one rule. Each says what it is about by one of the keys after `set`. */
const callCase = record({
  name: text(),
  edge: optional(text()),
  clause: optional(text()),
  base: optional(text()),
  readings: optional(dictionary(text())),
  set: optional(set),
  rule: optional(text({ about: '某条规则或系统自带的判定（form:required:…、material:…）' })),
  material: optional(text({ about: '某种材料要不要交' })),
  row: optional(text()),
  window: optional(text({ about: '某个操作在 at 时刻能不能做' })),
  state: optional(choice(STATE_KEYS, { about: '时限的例子里，申报处于或者曾被退回的状态' })),
  at: optional(text({ about: '时刻：2025-11-28 17:00:00.001' })),
  workingDays: optional(record({ from: text(), count: integer({ min: 1 }) })),
  route: optional(
    record(
      {
        name: optional(text()),
        division: text(),
        kind: optional(text()),
        legalPerson: optional(boolean()),
        affiliation: optional(text()),
        universityLevel: optional(text()),
        firstLevelBudget: optional(boolean()),
        supervisor: optional(text({ about: '主管部门的名称' })),
        zone: optional(text({ about: '所在园区的名称' })),
      },
      { about: '这样的单位归哪个部门：expect 写部门名称、self（自主推荐）或 missing（还缺情况）' },
    ),
  ),
  paper: optional(text({ about: '送来的哪种纸质材料：expect 写 accepted incomplete late refused 或 notAsked' })),
  brought: optional(
    record({
      topic: optional(text()),
      by: optional(
        choice(['applicant', 'organisation', 'recommendingDepartment'], { about: '谁送来，不写为按规定送的' }),
      ),
      copies: optional(integer({ about: '送来几份，不写为规定的份数' })),
      held: optional(integer({ about: '此前已收几份' })),
      version: optional(choice(['current', 'superseded', 'draft'])),
      sent: optional(text({ about: '寄出时刻；不影响结论' })),
      received: text({ about: '收到时刻' }),
      startedOn: optional(text({ about: '起算的那一天' })),
    }),
  ),
  errand: optional(choice(['recommendation', 'registration'], { about: '不写为 recommendation' })),
  mechanism: optional(text({ about: '由系统其他部分演示：quota、workflow、upload……' })),
  given: optional(anything()),
  shownBy: optional(text({ about: '演示它的测试' })),
  expect: either<string, boolean>((node) => !(isScalar(node) && typeof node.value === 'boolean'), text(), {
    schema: { type: 'boolean' },
    read: (node) => (isScalar(node) ? node.value === true : undefined),
  }),
  fields: optional(oneOrMore(text())),
});
export type WrittenCase = Read<typeof callCase>;
export const casesFile = list(callCase);
