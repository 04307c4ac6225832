import { type LinkedCall, officialInstant, parseInstant } from '@keshen/rules';
import { inWords } from '../words.ts';

/** One entry of `workflow.paper` as far as a print can say it; everything is optional there. */
type Paper = {
  title?: string;
  clause?: string | string[];
  document?: string;
  copies?: number;
  size?: string;
  duplex?: boolean;
  bound?: boolean;
  binding?: string;
  topics?: string[];
  under?: Record<string, string>;
  through?: string;
  address?: string;
  closes?: string;
  measuredAt?: string;
  after?: string;
  startsAt?: string;
  withinWorkingDays?: number;
};

/** What the paper copies of the application must be like. `doubleSided`: parts begin on a right-hand page. */
export type PaperAsked = { doubleSided: boolean; notes: string[] };

/** The copies of the application that the call asks for on paper, under the readings taken and for the topic applied to. */
export function paperAsked({ call, readings }: LinkedCall, topic: string): PaperAsked {
  const written = call.workflow['paper'];
  const papers = (Array.isArray(written) ? (written as unknown as Paper[]) : []).filter(
    ({ document, topics, under }) =>
      document === undefined &&
      (topics === undefined || topics.includes(topic)) &&
      Object.entries(under ?? {}).every(([key, option]) => readings[key] === option),
  );
  return {
    doubleSided: papers.some(({ duplex }) => duplex === true),
    notes: papers.map((paper) => noteOf(paper, call)),
  };
}

const STARTS: Record<string, string> = { feasibilityPassed: '实施方案论证通过' };

function noteOf(paper: Paper, call: LinkedCall['call']): string {
  const shape = [
    paper.size && `${paper.size}纸`,
    paper.duplex && '双面打印',
    paper.bound && '连同附件按顺序装订成册',
    paper.binding,
    paper.copies && `一式${paper.copies}份`,
  ];
  const way = [
    paper.after === 'award' && '立项后按通知报送',
    paper.through === 'recommendingDepartment' && inWords('经{recommendingDepartment}签章后集中报送', call),
    paper.withinWorkingDays &&
      `${STARTS[paper.startsAt ?? ''] ?? '从通知规定的那天起'}后${paper.withinWorkingDays}个工作日内送达（当天不计）`,
    paper.closes && deadline(paper),
    paper.address && `送${paper.address}`,
  ];
  const places = [paper.clause ?? []]
    .flat()
    .map((id) => call.clauses.find((clause) => clause.id === id)?.at ?? id)
    .join('、');
  const sentences = [shape, way].map((parts) => parts.filter(Boolean).join('，')).filter(Boolean);
  return `${paper.title ?? '纸质材料'}：${sentences.join('；')}。${places && `依据《通知》${places}。`}`;
}

function deadline({ closes = '', measuredAt }: Paper): string {
  const instant = parseInstant(closes);
  const text = instant === undefined ? closes : officialInstant(instant);
  return measuredAt === 'received' ? `${text}前收到` : `${text}前报送`;
}
