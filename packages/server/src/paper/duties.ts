import {
  type Paper,
  PAPER_STATES,
  type PaperDue,
  paperDue,
  papersAsked,
  type PaperStanding,
  paperStanding,
} from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { DeliveryRow, PaperSubject } from './store.ts';

/** One paper that one application or list must bring, and how it stands. */
export type Duty = {
  subject: PaperSubject;
  paper: Paper;
  due: PaperDue;
  /** Copies taken of the version that counts now. */
  held: number;
  online: boolean;
  standing: PaperStanding;
  /** The newest first, voided ones too. */
  deliveries: DeliveryRow[];
  startedOn?: string;
};

type Known = {
  round: LoadedRound;
  at: Date;
  deliveries: readonly DeliveryRow[];
  starts: readonly { applicationId: string; paper: string; startedOn: string }[];
};

/** The papers of one application or list. */
export function dutiesOf(subject: PaperSubject, { round, at, deliveries, starts }: Known): Duty[] {
  const { compiled, shiftMs } = round;
  const linked = round.linkedAt(at);
  const wanted = subject.kind === 'application' ? ['application'] : ['recommendationList', 'departmentPledge'];
  return papersAsked(compiled, linked.readings, subject.topic ?? undefined)
    .filter(({ of }) => wanted.includes(of))
    .map((paper): Duty => {
      const startedOn = starts.find(
        (start) => start.applicationId === subject.id && start.paper === paper.key,
      )?.startedOn;
      const due = paperDue(paper, { startedOn, holidays: linked.reference.holidays, shift: shiftMs });
      const mine = deliveries.filter(
        ({ applicationId, listId, paper: key }) => (applicationId ?? listId) === subject.id && key === paper.key,
      );
      const counted = mine.filter(
        ({ outcome, voidedAt, versionCode }) =>
          outcome !== 'refused' && voidedAt === null && versionCode === subject.versionCode,
      );
      const held = counted.reduce((sum, { copies }) => sum + copies, 0);
      const online = subject.state === null || PAPER_STATES[paper.after].includes(subject.state);
      const late = counted.some(({ outcome }) => outcome === 'late');
      const standing = paperStanding(paper, due, { held, online, late, now: at.getTime() });
      return { subject, paper, due, held, online, standing, deliveries: mine, ...(startedOn && { startedOn }) };
    });
}
