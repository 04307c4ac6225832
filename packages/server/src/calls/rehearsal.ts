import { parseInstant, type CompiledCall, type Window } from '@keshen/rules';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Where a window without a beginning begins: with the notice, or two weeks before it closes. */
function beginningOf(window: Window, call: CompiledCall): number {
  const opens = window.opens === undefined ? undefined : parseInstant(window.opens);
  if (opens !== undefined) return opens;
  const closes = parseInstant(window.closes) ?? 0;
  const published =
    call.notice.publishedOn === undefined ? undefined : parseInstant(`${call.notice.publishedOn} 00:00`);
  return published !== undefined && published < closes ? published : closes - 14 * DAY;
}

/**
 * How far a rehearsal that starts now moves all windows, in ms: so that a moment of the notice at which as many windows as possible are
 * open, one in which applications are made among them, becomes a minute ago. Of several such moments it is the earliest. Shifted times
 * stay on whole minutes.
 */
export function shiftFor(call: CompiledCall, now: Date): number {
  const spans = call.windows.map((window) => ({
    from: beginningOf(window, call),
    to: parseInstant(window.closes) ?? 0,
    makes: window.actions.includes('createApplication'),
  }));
  const moments = spans.map(({ from }) => from).toSorted((a, b) => a - b);
  const openAt = (moment: number) => spans.filter(({ from, to }) => from <= moment && moment < to);
  const best = moments
    .map((moment) => ({ moment, open: openAt(moment) }))
    .filter(({ open }) => open.some(({ makes }) => makes))
    .toSorted((a, b) => b.open.length - a.open.length || a.moment - b.moment)[0];
  if (!best) throw new Error(`${call.key} has no window in which applications are made`);
  return Math.floor(now.getTime() / MINUTE) * MINUTE - MINUTE - best.moment;
}
