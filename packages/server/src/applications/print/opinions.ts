import { type CompiledCall, officialInstant } from '@keshen/rules';
import type { EventRow } from '../store-history.ts';
import { inWords } from '../words.ts';
import {
  DATE_LINE,
  organisationLine,
  plainLine,
  representativeLine,
  signatureLine,
  type SigningLine,
} from './signing-line.ts';

/** A page with a box for an opinion, a signature and a seal; `lines` is what the system has recorded. */
export type Opinion = { title: string; text: string; lines: string[]; signatures: SigningLine[] };

/** The pages for the seals: what each reviewer confirms, and what the system has recorded of it so far. */
export const opinionsOf = (
  events: readonly EventRow[],
  call: CompiledCall,
  written: readonly { step: string; text: string }[] = [],
): Opinion[] => [
  {
    title: '申报单位意见',
    text: withOpinion('本单位已对申报书和附件逐项审核，对其真实性、完整性负责，同意申报。', written, 'organisation'),
    lines: recorded(events, 'forward', inWords('提交{recommendingDepartment}', call)),
    signatures: [representativeLine, organisationLine('（单位公章）'), DATE_LINE],
  },
  {
    title: inWords('{recommendingDepartment}意见', call),
    text: withOpinion('经审核，申报单位具备申报资格，申报材料完整、真实、有效，同意推荐。', written, 'department'),
    lines: recorded(events, 'recommend', '确认推荐'),
    signatures: [signatureLine('负责人'), plainLine('（公章）'), DATE_LINE],
  },
];

/** The reviewer's own words follow what every reviewer confirms. */
function withOpinion(text: string, written: readonly { step: string; text: string }[], step: string): string {
  const opinion = written.find((one) => one.step === step)?.text ?? '';
  return opinion === '' ? text : `${text}\n${opinion}`;
}

function recorded(events: readonly EventRow[], action: string, label: string): string[] {
  const last = events.findLast((event) => event.action === action && event.outcome === 'done');
  return last ? [`系统记录：${last.personName ?? ''}于${officialInstant(last.at.getTime())}${label}。`] : [];
}
