import type { ValueType } from './tree.ts';

/**
 * What registers know about the people and organisations of an application: one shape for all calls. A list that is
 * absent, or whose source is down, is unknown, never empty. `projects` never holds the application itself.
 */
export type Facts = {
  sources?: Partial<Record<FactList, FactSource>>;
  organisations?: readonly FactRow[];
  projects?: readonly FactRow[];
  misconduct?: readonly FactRow[];
  platforms?: readonly FactRow[];
  duplicates?: readonly FactRow[];
  generalLimits?: readonly FactRow[];
};

export type FactRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** `asOf` is the date (`YYYY-MM-DD`) the register's answer is from; `name` is what a user calls the register. */
export type FactSource = { status: 'ok' | 'down'; asOf: string; name: string };

export type FactColumn = { label: string; type: ValueType; options?: Readonly<Record<string, string>> };

export type FactListDefinition = {
  /** What a user calls the register when it did not say its own name. */
  source: string;
  /** One row, counted with `measure`: 1项项目. */
  noun: string;
  measure: string;
  /** Columns that name a row in a sentence, in order. */
  shows: readonly string[];
  columns: Readonly<Record<string, FactColumn>>;
};

const text = (label: string): FactColumn => ({ label, type: 'text' });
const date = (label: string): FactColumn => ({ label, type: 'date' });
const integer = (label: string): FactColumn => ({ label, type: 'integer' });
const yes = (label: string): FactColumn => ({ label, type: 'boolean' });
const code = (label: string, options: Record<string, string>): FactColumn => ({ label, type: 'code', options });

const PROJECT_STATES = {
  draft: '草稿',
  submitted: '已提交',
  returned: '退回修改中',
  withdrawn: '已撤回',
  underReview: '在评',
  proposed: '拟立项',
  rejected: '不予立项',
  ongoing: '在研',
  overdue: '到期未验收',
  accepted: '已验收',
  terminated: '已终止',
};

const CATEGORIES = {
  keyRnd: '重点研发',
  naturalScience: '自然科学基金',
  strategyStudy: '重大战略研究',
  publicService: '公益服务',
  pilotBase: '中试基地建设',
  intlCooperation: '国际科技合作',
  hmtCooperation: '港澳台科技合作',
  frontier: '前沿技术研发',
  majorSpecial: '科技重大专项',
  centralGuided: '中央引导地方科技发展专项',
  talent: '科技人才',
  platform: '创新平台',
  openBidding: '揭榜挂帅',
  specialCommissioner: '科技特派员服务',
  minorityTalent: '少数民族科技人才特培',
  other: '其他类别',
};

const PLATFORM_KINDS = {
  intlCooperationBase: '国家国际科技合作基地',
  provincialCooperationBase: '省级国际科技合作基地',
  beltRoadJointLab: '“一带一路”联合实验室',
  nationalLab: '国家实验室',
  provincialLab: '省实验室',
  nationalKeyLab: '全国重点实验室',
  provincialKeyLab: '省重点实验室',
  leadingEnterprise: '重点培育领军企业',
  base111: '学科创新引智基地',
  talentDemonstrationBase: '引才引智示范基地',
  other: '其他平台',
};

export const FACT_LISTS = {
  organisations: {
    source: '单位登记信息',
    noun: '单位',
    measure: '家',
    shows: ['name'],
    columns: {
      uscc: text('统一社会信用代码'),
      name: text('单位名称'),
      kind: text('登记类别'),
      legalPerson: yes('是否独立法人'),
      registeredOn: date('注册日期'),
      division: { label: '注册地', type: 'code' },
      overdueCount: integer('到期未验收项目数'),
    },
  },
  projects: {
    source: '科技计划项目库',
    noun: '项目',
    measure: '项',
    shows: ['title', 'category', 'role', 'state'],
    columns: {
      id: text('项目编号'),
      title: text('项目名称'),
      personId: text('人员证件号码'),
      personName: text('人员姓名'),
      role: code('本人角色', {
        principalInvestigator: '项目负责人',
        subProjectLeader: '课题负责人',
        member: '参加人',
      }),
      rank: integer('排名'),
      uscc: text('单位统一社会信用代码'),
      orgRole: code('单位角色', { lead: '牵头单位', partner: '参与单位' }),
      level: code('项目级别', { provincial: '省级', national: '国家级', municipal: '市级' }),
      programme: text('计划名称'),
      category: code('项目类别', CATEGORIES),
      byInvitation: yes('是否定向组织'),
      state: code('项目状态', PROJECT_STATES),
      planYear: integer('计划年度'),
      appliedOn: date('申报日期'),
      awardYear: integer('立项年度'),
      startDate: date('开始日期'),
      endDate: date('结束日期'),
      acceptanceFiledOn: date('验收材料提交日期'),
      acceptedOn: date('验收日期'),
      recommendingDepartment: text('推荐部门'),
      thisCall: yes('是否本次通知的申报'),
      topic: text('专题'),
    },
  },
  misconduct: {
    source: '科研诚信与信用记录',
    noun: '失信记录',
    measure: '条',
    shows: ['subjectName', 'field', 'until'],
    columns: {
      id: text('记录编号'),
      subject: code('记录对象', { person: '个人', organisation: '单位' }),
      subjectId: text('证件号码或信用代码'),
      subjectName: text('姓名或单位名称'),
      field: code('记录类别', {
        research: '科研失信',
        social: '社会信用失信',
        audit: '审计巡视违规',
        blacklist: '黑名单',
      }),
      serious: yes('是否严重失信'),
      from: date('惩戒期开始'),
      until: date('惩戒期结束'),
      rectified: yes('是否已整改'),
    },
  },
  platforms: {
    source: '科技创新平台名录',
    noun: '平台',
    measure: '个',
    shows: ['name'],
    columns: {
      id: text('平台编号'),
      uscc: text('依托单位统一社会信用代码'),
      kind: code('平台类别', PLATFORM_KINDS),
      name: text('平台名称'),
      confirmed: yes('是否已认定'),
      ongoingCooperation: yes('是否有在研合作计划项目'),
    },
  },
  duplicates: {
    source: '查重结果',
    noun: '相近项目',
    measure: '项',
    shows: ['title', 'state'],
    columns: {
      id: text('项目编号'),
      title: text('项目名称'),
      similarity: code('相近程度', { same: '内容相同', similar: '内容相近' }),
      recommendingDepartment: text('推荐部门'),
      uscc: text('申报单位统一社会信用代码'),
      personId: text('负责人证件号码'),
      planYear: integer('计划年度'),
      state: code('项目状态', PROJECT_STATES),
      thisCall: yes('是否本次通知的申报'),
      funded: yes('是否已获财政支持'),
      otherAgency: yes('是否由其他部门受理'),
    },
  },
  generalLimits: {
    source: '本级科技计划通用限项规定',
    noun: '限项规定',
    measure: '条',
    shows: ['title'],
    columns: {
      key: text('规定编号'),
      title: text('规定'),
      from: date('生效日期'),
      until: date('失效日期'),
      subject: code('约束对象', { person: '个人', organisation: '单位' }),
      subjectId: text('证件号码或信用代码'),
      satisfied: yes('是否符合'),
      found: text('核对情况'),
    },
  },
} as const satisfies Record<string, FactListDefinition>;

export type FactList = keyof typeof FACT_LISTS;

/** The definition of a register's list by its key, or undefined. */
export function factList(key: string): FactListDefinition | undefined {
  return Object.hasOwn(FACT_LISTS, key) ? FACT_LISTS[key as FactList] : undefined;
}
