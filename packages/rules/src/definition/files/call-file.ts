import {
  anything,
  boolean,
  choice,
  dictionary,
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
import { clauses, under } from './common.ts';

const window = record({
  key: text(),
  title: text(),
  clause: clauses,
  opens: optional(text({ about: '2025-11-17 09:00（北京时间）或带时区的 ISO 写法' })),
  closes: text({ about: '2025-11-28 17:00' }),
  closesInclusive: optional(expression({ about: '截止时刻是否含本数：true、false，或 reading.KEY == "…"；默认含' })),
  actions: list(text(), { about: '在这个时限里可以做的操作；一个操作写在几个时限里的，任何一个开着就能做' }),
  states: optional(list(choice(STATE_KEYS), { min: 1, about: '只给处于这些状态、或者从这些状态退回的申报' })),
  under: optional(under),
  remindHoursBefore: optional(
    list(integer({ min: 1 }), { about: '截止前多少小时提醒还没办完的人；不写为 168、72、24、2；写空列表为不提醒' }),
  ),
});

const parameter = record({
  key: text(),
  label: text(),
  type: choice(['money', 'date', 'integer', 'ratio', 'text', 'boolean', 'country', 'countries', 'division', 'codes']),
  clause: optional(clauses),
  values: list(
    record({
      from: text({ about: '自此日起有效（含当日）' }),
      until: optional(text({ about: '至此日有效（含当日）' })),
      value: anything(),
    }),
    { min: 1, about: '各时期的取值；没有覆盖到的日期是错误，不会沿用最后一个' },
  ),
});

const listColumn = record({
  key: text(),
  title: text(),
  from: optional(text({ about: '字段路径，或 serial、applicationNumber、state、topic 等' })),
  decidedBy: optional(choice(['recommendingDepartment'], { about: '由谁审定填写' })),
  choices: optional(list(text(), { min: 1, about: '审定时常填的几种，可以另写' })),
  note: optional(text()),
});

const documents = record({
  recommendationList: record({
    title: text(),
    columns: list(listColumn, { min: 1 }),
    footnotes: optional(list(text())),
    copies: optional(integer({ min: 1 })),
    head: optional(
      record(
        { contact: text({ about: '联系人一栏的名称' }), phone: text({ about: '联系电话一栏的名称' }) },
        { about: '盖章处、日期和这两栏印在页首；不写的，盖章处和日期在页尾' },
      ),
    ),
  }),
  recommendationLetter: optional(record({ title: text() })),
  pledge: optional(
    record(
      {
        title: text(),
        clause: clauses,
        items: list(text(), { min: 1, about: '逐条承诺什么' }),
      },
      { about: '推荐部门的承诺书：由系统打印，签章后扫描上传，才能报送' },
    ),
  ),
  order: optional(list(text(), { about: '合成 PDF 的次序' })),
  applicationForm: optional(record({ title: text() })),
  sealedApplication: optional(
    record({
      title: text(),
      electronicSeals: list(record({ key: text(), title: text(), by: text() }), { min: 1 }),
      sealedBefore: text({ about: '此操作之前须签好' }),
      remindDaysBefore: optional(integer({ min: 1 })),
    }),
  ),
  receipt: optional(record({ title: text() })),
});

const values = oneOrMore(text());
/** Who reviews an organisation and its projects: rows from above, the first that fits. */
const routing = record({
  clause: optional(clauses),
  choice: optional(boolean({ about: '合适的几行都可选，不只第一行' })),
  field: optional(text({ about: '表单里“由谁推荐”的字段，新建时按所走的一行填好' })),
  ways: list(
    record({
      key: text(),
      when: optional(
        record({
          kind: optional(values),
          legalPerson: optional(boolean()),
          affiliation: optional(values),
          universityLevel: optional(values),
          firstLevelBudget: optional(boolean()),
        }),
      ),
      to: choice(['self', 'listed', 'supervisor', 'zone', 'place'], {
        about: 'self 本单位自主推荐；listed 同左，只给名单里列名的；supervisor 主管部门；zone 所在园区；place 注册地',
      }),
      kinds: list(text(), { min: 1, about: '走到哪几类部门，排前的优先；self 写名额按哪一类计' }),
      why: text({ about: '为什么归它，单位会看到' }),
      clause: optional(clauses),
      value: optional(text({ about: '填进 field 的值，不写为部门名称' })),
      errand: optional(choice(['recommendation', 'registration'], { about: '只管推荐，或者只管单位注册' })),
      under: optional(under),
    }),
    { min: 1 },
  ),
});

/** What is to be brought on paper. */
const paper = record({
  key: text(),
  title: text(),
  clause: clauses,
  of: choice(['application', 'recommendationList', 'departmentPledge'], { about: '申报材料、推荐清单、部门承诺书' }),
  topics: optional(list(text(), { min: 1, about: '只有这些方向要交' })),
  copies: integer({ min: 1 }),
  size: optional(text()),
  duplex: optional(boolean()),
  bound: optional(boolean({ about: '连同附件按顺序装订' })),
  binding: optional(text()),
  watermark: optional(text()),
  parts: optional(list(text(), { about: '合成的次序' })),
  sealedBy: optional(list(text())),
  from: choice(['applicant', 'organisation', 'recommendingDepartment'], { about: '谁送' }),
  through: optional(choice(['recommendingDepartment'], { about: '先交它签章，由它集中送；别人直接送来的不收' })),
  to: choice(['serviceCentre', 'scienceDepartment']),
  address: optional(text()),
  after: choice(['submitted', 'recommended', 'delivered'], { about: '网上办到哪一步才收纸质的' }),
  closes: optional(text({ about: '收到的最后时刻（含）：2026-05-22 17:30' })),
  startsAt: optional(choice(['feasibilityPassed', 'award'], { about: '从登记的这一天起算' })),
  withinWorkingDays: optional(integer({ min: 1, about: '多少个工作日内，当日不计' })),
  late: choice(['refused', 'recorded'], { about: '逾期的不收，或者登记为逾期' }),
  under: optional(under),
});

/** Switches of the house. What a mechanism needs beyond these is JSON of its own. */
const workflow = record({
  returnByDepartment: optional(choice(['whileOpen', 'untilConfirmed', 'never'])),
  returnAfterRecommendation: optional(boolean()),
  electronicSeal: optional(boolean()),
  lockedAfterAdmission: optional(anything({ about: '受理后不能改的内容' })),
  invitation: optional(anything({ about: '定向组织：谁被邀请' })),
  classified: optional(anything({ about: '涉密项目的去处' })),
  attachments: optional(anything({ about: '附件的大小与查验' })),
  spotCheck: optional(anything({ about: '抽查的比例' })),
  award: optional(anything({ about: '立项之后' })),
  other: optional(dictionary(anything())),
});

export const callFile = record({
  key: text({ about: '与文件夹同名' }),
  title: text(),
  authority: text(),
  programme: text(),
  planYear: integer({ min: 2000 }),
  notice: record({
    title: text(),
    number: optional(text()),
    publishedOn: optional(text({ about: '2025-11-17' })),
    address: optional(text()),
  }),
  words: record({
    recommendingDepartment: text({ about: '初审单位、项目主管部门、归口管理部门……' }),
    recommendationList: text({ about: '项目清单、汇总表……' }),
    platform: text({ about: '申报系统的名称' }),
    entry: optional(text({ about: '在系统里从哪里进' })),
    scienceDepartment: optional(text()),
  }),
  windows: list(window, { min: 1 }),
  parameters: optional(list(parameter)),
  workflow: optional(workflow),
  routing: optional(routing),
  paper: optional(list(paper)),
  documents,
  contacts: list(record({ matter: text(), office: text(), phones: list(text()), note: optional(text()) })),
  departments: optional(
    list(
      record({
        name: text(),
        kind: text({ about: '类别，名额按它分' }),
        division: text(),
        uscc: optional(text()),
        note: optional(text()),
      }),
    ),
  ),
});
export type CallFile = Read<typeof callFile>;
export type WrittenParameter = Read<typeof parameter>;

const topic = record({
  code: text(),
  title: text(),
  help: optional(text()),
  opening: choice(['open', 'invitation', 'shown'], { about: 'open 公开；invitation 定向组织；shown 只展示' }),
  clause: optional(clauses),
  note: optional(text()),
  values: optional(dictionary(anything(), { about: '本专题自己的数额，规则里写 topic.KEY' })),
});
export const topicsFile = list(topic);
export type TopicsFile = Read<typeof topicsFile>;

const bonus = record({
  key: text(),
  title: text(),
  clause: clauses,
  places: integer({ min: 1 }),
  platformKinds: list(text(), { min: 1 }),
  per: choice(['platform', 'organisation']),
  voidWhileOngoing: optional(choice(['platform', 'organisation'])),
  under: optional(under),
});

const quota = record({
  key: text(),
  title: text(),
  clause: clauses,
  topics: optional(list(text(), { about: '合用这些名额的专题；不写为全部' })),
  per: choice(['department', 'organisation', 'topic', 'call']),
  when: optional(expression({ about: '只管满足此条件的申报' })),
  countsAt: choice(['recommend', 'submit']),
  under: optional(under),
  places: list(
    record({
      kinds: list(text(), { min: 1 }),
      places: optional(integer({ min: 0 })),
      sharedBy: optional(
        choice(['prefectureOfDepartment', 'prefectureOfLead'], {
          about: '同一设区市的这些部门合用：按部门或者申报单位所在的市',
        }),
      ),
      note: optional(text()),
    }),
    { min: 1, about: '从上往下取第一个合适的类别，* 为其余；places 不写为不限' },
  ),
  bonus: optional(list(bonus)),
  except: optional(list(record({ when: expression(), say: text() }))),
});
export const quotasFile = list(quota);
export type QuotasFile = Read<typeof quotasFile>;
