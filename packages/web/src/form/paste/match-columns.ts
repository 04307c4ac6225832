import type { FormField } from '@keshen/rules';

/** Which column of the form each pasted column is; `undefined` is left out. */
export type Match = (string | undefined)[];
export type Matching = { header: boolean; match: Match };

/** What people write above a column instead of the form's own label, by the column's key. */
const SYNONYMS: Record<string, readonly string[]> = {
  name: ['名称', '姓名', '单位', '合作单位', '合作单位名称', '参加单位', '设备', '仪器名称', '指标'],
  organisation: ['单位', '所在单位', '工作单位', '单位名称', '承担单位', '所属单位'],
  gender: ['性别'],
  birthDate: ['出生日期', '出生年月', '出生年月日', '生日'],
  idType: ['证件类型', '证件种类'],
  idNumber: ['身份证', '身份证号', '身份证号码', '证件号', '证件号码'],
  passportNumber: ['护照', '护照号', '护照号码'],
  title: ['职称', '专业技术职务', '技术职称', '课题', '题目', '名称'],
  degree: ['学位', '最高学位', '学历', '学历学位'],
  task: ['分工', '任务', '项目分工', '承担任务', '研究内容', '在项目中的分工'],
  monthsPerYear: ['每年工作月数', '投入月数', '每年工作时间', '工作时间', '年投入月数'],
  uscc: ['信用代码', '社会信用代码', '组织机构代码'],
  country: ['国家', '国别', '国家或地区', '国家地区'],
  grant: ['财政资金', '专项经费', '省拨经费', '申请经费', '拨款', '财政拨款', '专项资金'],
  selfRaised: ['自筹', '自筹资金', '自筹经费', '配套资金', '单位自筹'],
  item: ['科目', '预算科目', '支出科目'],
  note: ['备注', '说明', '测算依据', '计算依据'],
  from: ['开始', '开始时间', '开始日期', '起始时间', '起始日期', '起'],
  to: ['结束', '结束时间', '结束日期', '完成时间', '止'],
  content: ['内容', '工作内容', '主要工作', '阶段目标'],
  leader: ['负责人', '课题负责人'],
  unitPrice: ['单价', '单台价格'],
  quantity: ['数量', '台数', '台套数'],
  value: ['指标值', '目标值', '考核指标值'],
  unit: ['单位', '计量单位'],
  method: ['考核方式', '考核方法', '验收方式'],
  kind: ['类型', '类别', '单位性质', '单位类型', '指标类型'],
  division: ['地区', '所在地', '注册地'],
};

/** Without units in brackets, stars of obligation, spaces and punctuation: `*财政资金（万元）` is 财政资金. */
export const plainHeader = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s*:：、,，.·/]/g, '')
    .toLowerCase();

const NUMBERING = new Set(['序号', '编号', 'no', '#', '行号']);

/** How well a heading fits a column: its own label, the name it has in sentences, a synonym, a part of the label. */
function fit(heading: string, column: FormField): number {
  const plain = plainHeader(heading);
  if (plain === '') return 0;
  const label = plainHeader(column.label);
  if (plain === label || plain === plainHeader(column.name) || plain === column.key.toLowerCase()) return 4;
  if ((SYNONYMS[column.key] ?? []).includes(plain)) return 3;
  if (plain.length >= 2 && (label.includes(plain) || plain.includes(label))) return 2;
  return 0;
}

/**
 * Matches by headings when the first row has some, else by order. A first row is one of headings when at least two of its cells, or its
 * only one, name a column. A column of running numbers is left out. Each column is given once, the best fit first.
 */
export function matchColumns(rows: readonly (readonly string[])[], columns: readonly FormField[]): Matching {
  const first = rows[0] ?? [];
  const width = Math.max(0, ...rows.slice(0, 50).map((row) => row.length));
  const fits = first
    .flatMap((heading, at) => columns.map((column) => ({ at, key: column.key, fit: fit(heading, column) })))
    .filter((one) => one.fit > 0)
    .sort((a, b) => b.fit - a.fit || a.at - b.at);
  const byHeading: Match = Array.from({ length: width });
  for (const { at, key } of fits) if (byHeading[at] === undefined && !byHeading.includes(key)) byHeading[at] = key;
  const found = byHeading.filter((key) => key !== undefined).length;
  const header = found >= Math.min(2, first.filter((cell) => cell !== '').length) && found > 0;
  if (header) return { header, match: byHeading };
  const numbered = rows.length > 1 && rows.every((row, at) => row[0] === String(at + 1));
  const start = numbered || NUMBERING.has(plainHeader(first[0] ?? '')) ? 1 : 0;
  return { header: false, match: Array.from({ length: width }, (_, at) => columns[at - start]?.key) };
}
