import { REMIND_HOURS_BEFORE, REMINDERS, stageOf, type State, windowAt, windowBounds } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';

const HOUR_MS = 3600_000;
const DAY_HOURS = 24;

/** The instant from which somebody is reminded of an end, and which it is. */
export type Mark = {
  /** What tells it from every other mark of the round; another end is another mark. */
  key: string;
  at: Date;
} & ({ of: 'end'; action: ReminderAction; closes: Date; hours: number } | SealMark | { of: 'opening'; window: string });

type SealMark = { of: 'seal'; action: string; closes: Date; hours: number };
type ReminderAction = (typeof REMINDERS)[number]['action'];

/** What counts for an application that waits: the windows in the states that wait for this step. */
const statesFor = (action: string): readonly State[] =>
  REMINDERS.find((reminder) => reminder.action === action)?.states ?? [];

/**
 * All marks of a round, in the order of time: before each end that holds for somebody (a window's, or an extension's), before the last day
 * for seals, and at each opening. Those that lay behind already when the round opened or the extension was given are no marks.
 */
export function marksOf(round: LoadedRound, now: Date): Mark[] {
  const marks = [
    ...REMINDERS.flatMap(({ action }) => endsOf(round, action, now).flatMap((end) => marksBefore(end, action))),
    ...sealMarks(round, now),
    ...openings(round, now),
  ];
  return marks.filter(({ at }) => at >= round.round.openedAt).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

type End = { closes: Date; hours: readonly number[]; since: Date };

function endsOf(round: LoadedRound, action: string, now: Date): End[] {
  const states = statesFor(action);
  const windows = round
    .linkedAt(now)
    .windows.filter(
      (window) =>
        window.actions.includes(action) && (!window.states || window.states.some((state) => states.includes(state))),
    );
  const longest = windows.at(-1)?.remindHoursBefore ?? REMIND_HOURS_BEFORE;
  return [
    ...windows.map((window) => ({
      closes: new Date(windowBounds(window, round.shiftMs).closes),
      hours: window.remindHoursBefore ?? REMIND_HOURS_BEFORE,
      since: round.round.openedAt,
    })),
    ...round.extensions
      .filter(({ stage }) => stage === stageOf(action))
      .map(({ until, decidedAt }) => ({ closes: until, hours: longest, since: decidedAt })),
  ];
}

const marksBefore = ({ closes, hours, since }: End, action: ReminderAction): Mark[] =>
  hours
    .map((before): Mark => ({
      key: `${action} ${closes.toISOString()} ${before}`,
      at: new Date(closes.getTime() - before * HOUR_MS),
      of: 'end',
      action,
      closes,
      hours: before,
    }))
    .filter(({ at }) => at >= since);

/** A call that wants an electronic seal says how many days before the end its owners are reminded to have one. */
function sealMarks(round: LoadedRound, now: Date): Mark[] {
  const sealed = round.compiled.documents.sealedApplication;
  if (!sealed?.remindDaysBefore) return [];
  const { sealedBefore: action, remindDaysBefore } = sealed;
  const { closes } = windowAt(round.linkedAt(now), action, now.getTime(), { shiftMs: round.shiftMs });
  if (closes === undefined) return [];
  const hours = remindDaysBefore * DAY_HOURS;
  const at = new Date(closes - hours * HOUR_MS);
  return [
    { key: `seal ${new Date(closes).toISOString()} ${hours}`, at, of: 'seal', action, closes: new Date(closes), hours },
  ];
}

/** Where a round was opened later than its window, it opens then. */
const openings = (round: LoadedRound, now: Date): Mark[] =>
  round.linkedAt(now).windows.flatMap((window): Mark[] => {
    const { opens } = windowBounds(window, round.shiftMs);
    if (opens === undefined) return [];
    const at = new Date(Math.max(opens, round.round.openedAt.getTime()));
    return [{ key: `open ${window.key} ${at.toISOString()}`, at, of: 'opening', window: window.key }];
  });

const LATE_OPENING_MS = 2 * DAY_HOURS * HOUR_MS;

/** Whether a mark, passed by now, is still worth telling: before its end, and no later than half its lead. */
export const isTimely = (mark: Mark, now: Date): boolean =>
  mark.of === 'opening'
    ? now.getTime() - mark.at.getTime() <= LATE_OPENING_MS
    : now < mark.closes && now.getTime() - mark.at.getTime() <= (mark.hours * HOUR_MS) / 2;
