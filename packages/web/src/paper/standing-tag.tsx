import type { PaperStanding } from '@keshen/rules';
import { Tag, type Tone } from '../kit/index.ts';

const TONES: Record<PaperStanding, Tone> = {
  overdue: 'bad',
  incomplete: 'wait',
  due: 'accent',
  waiting: 'plain',
  complete: 'good',
  completeLate: 'wait',
};

export const StandingTag = ({ standing, label }: { standing: PaperStanding; label: string }) => (
  <Tag tone={TONES[standing]}>{label}</Tag>
);
