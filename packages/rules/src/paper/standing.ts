import type { Paper } from '../call.ts';
import type { Instant } from '../calendar/instants.ts';
import type { State } from '../lifecycle/states.ts';
import type { PaperDue } from './due.ts';

/** The states in which an application has come as far online as its paper asks. */
export const PAPER_STATES: Record<Paper['after'], readonly State[]> = {
  submitted: [
    'with_organisation',
    'checked_by_organisation',
    'with_department',
    'reviewed_by_department',
    'recommended',
    'delivered',
    'admitted',
  ],
  recommended: ['recommended', 'delivered', 'admitted'],
  delivered: ['delivered', 'admitted'],
};

export const PAPER_STANDINGS = {
  overdue: '逾期未齐',
  incomplete: '不齐',
  due: '待送',
  waiting: '未到时候',
  complete: '已收齐',
  completeLate: '逾期收齐',
} as const;
export type PaperStanding = keyof typeof PAPER_STANDINGS;

/** How it stands with one paper of one application or list. `held`: copies taken of the version that counts now. */
export function paperStanding(
  paper: Pick<Paper, 'copies'>,
  due: PaperDue,
  { held, online, late, now }: { held: number; online: boolean; late: boolean; now: Instant },
): PaperStanding {
  if (held >= paper.copies) return late ? 'completeLate' : 'complete';
  if (!online || due.state === 'notStarted') return 'waiting';
  if (due.state === 'set' && now > due.last) return 'overdue';
  return held > 0 ? 'incomplete' : 'due';
}
