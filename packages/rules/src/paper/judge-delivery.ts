import type { Paper } from '../call.ts';
import { type Instant, officialInstant } from '../calendar/instants.ts';
import type { PaperDue } from './due.ts';

/** Paper as it is brought to the desk. `version`: what the code on it says of the version, compared with the one that counts now. */
export type Brought = {
  by: Paper['from'];
  receivedAt: Instant;
  copies: number;
  /** Copies of the version that counts which were taken before. */
  held: number;
  version: 'current' | 'superseded' | 'draft';
  /** Seals and signatures that should stand on it and do not, in words. */
  sealsMissing?: readonly string[];
  /** Whether it has come as far online as the paper asks (`after`). */
  online: boolean;
};

/** `accepted`: all copies are there now; `incomplete`: taken, some are missing; `late`: taken and listed; `refused`: not taken. */
export type DeliveryVerdict = {
  outcome: 'accepted' | 'incomplete' | 'late' | 'refused';
  /** What it says to whoever brings it. */
  text: string;
  remedy?: string;
  missing: number;
};

/** What people are called in a sentence; `{…}` is a word of the call. */
const BRINGERS: Record<Paper['from'], string> = {
  applicant: '申报人',
  organisation: '申报单位',
  recommendingDepartment: '{recommendingDepartment}',
};
const ONLINE: Record<Paper['after'], string> = {
  submitted: '网上还没有提交',
  recommended: '{recommendingDepartment}还没有在网上确认推荐',
  delivered: '网上还没有报送科技厅',
};

/**
 * Whether the desk takes paper, by the instant of receipt (when it was sent does not count). The first reason that stands against it is
 * told; `{…}` in the texts is a word of the call.
 */
export function judgeDelivery(paper: Paper, due: PaperDue, brought: Brought): DeliveryVerdict {
  const { by, copies, held, version, online, receivedAt, sealsMissing = [] } = brought;
  const missing = Math.max(0, paper.copies - held - copies);
  const refuse = (text: string, remedy: string): DeliveryVerdict => ({
    outcome: 'refused',
    text,
    remedy,
    missing: Math.max(0, paper.copies - held),
  });
  if (paper.through && by !== paper.through) {
    return refuse(
      `不收：${BRINGERS[by]}直接送来的不收，须先交${BRINGERS[paper.through]}签章，由它集中报送。`,
      `请把材料交给${BRINGERS[paper.through]}。`,
    );
  }
  if (!online) return refuse(`不收：${ONLINE[paper.after]}，纸质的还不能收。`, '请先在网上办完，再打印送来。');
  if (version === 'draft') return refuse('不收：这是草稿打印的，不是提交的版本。', '请在系统里打印提交后的版本。');
  if (version === 'superseded') {
    return refuse('不收：这一份是较早的版本，与网上现行的版本不同。', '请打印现行的版本，重新签章后送来。');
  }
  if (sealsMissing.length > 0) {
    return refuse(`不收：签章不齐，缺${sealsMissing.join('、')}。`, '请补齐签章后再送。');
  }
  const late = due.state === 'set' && receivedAt > due.last;
  if (late && paper.late === 'refused') {
    return refuse(
      `不收：${officialInstant(due.last)}截止（以收到为准），收到时是${officialInstant(receivedAt)}。`,
      '逾期的纸质材料不能补收；有疑问请与科技厅联系。',
    );
  }
  const still = missing > 0 ? `材料不齐：应交${paper.copies}份，已收${held + copies}份，还缺${missing}份。` : '';
  if (late) {
    const text = `逾期：应在${officialInstant(due.last)}前送到，收到时是${officialInstant(receivedAt)}，登记为逾期。${still}`;
    return { outcome: 'late', text, missing };
  }
  return missing > 0
    ? { outcome: 'incomplete', text: still, remedy: '请补送缺的份数。', missing }
    : { outcome: 'accepted', text: `收下：${paper.copies}份已收齐。`, missing };
}
