import type { Paper } from '../call.ts';
import { officialDate, parseDate } from '../calendar/dates.ts';
import { type Instant, officialInstant, parseInstant } from '../calendar/instants.ts';
import { addWorkingDays, type Holidays, UnknownYear } from '../calendar/working-days.ts';

/** `last` is the last instant of receipt, inclusive. `notStarted`: the day it runs from has not come; `free`: no end is set. */
export type PaperDue =
  | { state: 'set'; last: Instant; text: string }
  | { state: 'notStarted' | 'free'; text: string }
  /** The year's official holidays have not been entered; nothing is guessed. */
  | { state: 'unknownYear'; year: number; text: string };

export const PAPER_STARTS = {
  feasibilityPassed: '实施方案论证通过',
  award: '立项通知',
} as const satisfies Record<NonNullable<Paper['startsAt']>, string>;

const DAY = 86_400_000;
const SHANGHAI_OFFSET = 8 * 3_600_000;

/**
 * By when paper must have been received. `startedOn` is the registered day (`YYYY-MM-DD`) that the period runs from: that day does not
 * count and the last one counts as a whole (Civil Code art. 201 and 203). `shift` moves written instants, in ms, in a rehearsal.
 */
export function paperDue(
  paper: Pick<Paper, 'closes' | 'startsAt' | 'withinWorkingDays'>,
  { startedOn, holidays, shift = 0 }: { startedOn?: string | undefined; holidays: Holidays; shift?: number },
): PaperDue {
  const closes = paper.closes === undefined ? undefined : parseInstant(paper.closes);
  if (closes !== undefined) {
    return { state: 'set', last: closes + shift, text: `${officialInstant(closes + shift)}前送到（含）` };
  }
  if (paper.startsAt === undefined) return { state: 'free', text: '通知没有定时限' };
  const event = PAPER_STARTS[paper.startsAt];
  const count = paper.withinWorkingDays;
  const period = count === undefined ? '按通知报送' : `${count}个工作日内送到（当日不计）`;
  const started = startedOn === undefined ? undefined : parseDate(startedOn);
  if (started === undefined) return { state: 'notStarted', text: `${event}后${period}` };
  if (count === undefined) return { state: 'free', text: `${officialDate(started)}${event}，${period}` };
  try {
    const day = addWorkingDays(started, count, holidays);
    return {
      state: 'set',
      last: (day + 1) * DAY - SHANGHAI_OFFSET - 1,
      text: `${officialDate(started)}${event}，${count}个工作日内，最迟${officialDate(day)}送到`,
    };
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error;
    return { state: 'unknownYear', year: error.year, text: error.message };
  }
}
