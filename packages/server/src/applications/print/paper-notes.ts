import { type LinkedCall, officialInstant, type Paper, PAPER_STARTS, papersAsked, parseInstant } from '@keshen/rules';
import { inWords } from '../words.ts';

/** What the paper copies of the application must be like. `doubleSided`: parts begin on a right-hand page. */
export type PaperAsked = { doubleSided: boolean; notes: string[] };

/** The copies of the application that the call asks for on paper, under the readings taken and for the topic applied to. */
export function paperAsked({ call, readings }: LinkedCall, topic: string): PaperAsked {
  const papers = papersAsked(call, readings, topic).filter((paper) => paper.of === 'application');
  return {
    doubleSided: papers.some(({ duplex }) => duplex === true),
    notes: papers.map((paper) => noteOf(paper, call)),
  };
}

function noteOf(paper: Paper, call: LinkedCall['call']): string {
  const shape = [
    paper.size && `${paper.size}纸`,
    paper.duplex && '双面打印',
    paper.bound && '连同附件按顺序装订成册',
    paper.binding,
    `一式${paper.copies}份`,
  ];
  const way = [
    paper.startsAt === 'award' && '立项后按通知报送',
    paper.through === 'recommendingDepartment' && inWords('经{recommendingDepartment}签章后集中报送', call),
    paper.startsAt &&
      paper.withinWorkingDays &&
      `${PAPER_STARTS[paper.startsAt]}后${paper.withinWorkingDays}个工作日内送达（当天不计）`,
    paper.closes && `${officialInstant(parseInstant(paper.closes) ?? NaN)}前收到`,
    paper.address && `送${paper.address}`,
  ];
  const places = paper.clauses.map((id) => call.clauses.find((clause) => clause.id === id)?.at ?? id).join('、');
  const sentences = [shape, way].map((parts) => parts.filter(Boolean).join('，')).filter(Boolean);
  return `${paper.title}：${sentences.join('；')}。${places && `依据《通知》${places}。`}`;
}
