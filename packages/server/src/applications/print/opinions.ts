import { type CompiledCall, officialInstant } from '@keshen/rules';
import type { EventRow } from '../store-history.ts';
import { inWords } from '../words.ts';

/** A page with a box for an opinion, a signature and a seal; `lines` is what the system has recorded. */
export type Opinion = { title: string; text: string; lines: string[]; signatures: string[] };

const SIGNATURE_DATE = '　　　　年　　月　　日';

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
    signatures: ['法定代表人（签字）：＿＿＿＿＿＿＿＿', '（单位公章）', SIGNATURE_DATE],
  },
  {
    title: inWords('{recommendingDepartment}意见', call),
    text: withOpinion('经审核，申报单位具备申报资格，申报材料完整、真实、有效，同意推荐。', written, 'department'),
    lines: recorded(events, 'recommend', '确认推荐'),
    signatures: ['负责人（签字）：＿＿＿＿＿＿＿＿', '（公章）', SIGNATURE_DATE],
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
