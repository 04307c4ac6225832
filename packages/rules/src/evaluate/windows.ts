import type { Window } from '../call.ts';
import { officialInstant, parseInstant, type Instant } from '../calendar/instants.ts';
import { contextOf } from './context.ts';
import type { State } from '../lifecycle/states.ts';
import type { LinkedCall } from './link.ts';

export type WindowState = 'notYet' | 'open' | 'closed';

/** What the windows say of an action at an instant. */
export type ActionWindow = {
  /** `notArranged`: no window names the action for this application, so nothing is accepted: there is no time for it. */
  state: WindowState | 'notArranged';
  /** The window that decides: of those open the one that closes last, else the next to open, else the last that closed. */
  window?: Window;
  opens?: Instant;
  /** With an extension: until when it goes on. */
  closes?: Instant;
  closesInclusive?: boolean;
  /** Whether it is open, or was open longer, by an extension alone. */
  extended?: boolean;
  /** What to say when it is not open: 三1：网上填报已于2025年11月28日 17:00截止。 */
  text?: string;
};

/** For whom it is asked. */
export type WindowCase = {
  /** Added to every instant of the notice, in a rehearsal. Ms. */
  shiftMs?: number;
  /** The states in which the application is or from which it was returned; a window with `states` is for these only. */
  states?: readonly State[];
  /** Until when the authority extended the action for this application, inclusive. It opens nothing that had not opened. */
  extendedTo?: Instant;
};

const EMPTY_SUBJECT = { application: {}, materials: {}, facts: {}, at: { instant: '', date: '' } };

/** Whether the closing instant itself still counts; absent in the definition: it does, to the millisecond. */
export function closesInclusive(linked: LinkedCall, window: Window): boolean {
  return (
    window.closesInclusive === undefined ||
    linked.closures.test(window.closesInclusive)(contextOf(EMPTY_SUBJECT)) !== false
  );
}

/** Opening and closing instants, shifted (in a rehearsal) by `shiftMs`. */
export function windowBounds(window: Window, shiftMs = 0): { opens?: Instant; closes: Instant } {
  const opens = window.opens === undefined ? undefined : parseInstant(window.opens);
  const closes = parseInstant(window.closes);
  if (closes === undefined) throw new Error(`window ${window.key} closes at no instant`);
  return { ...(opens !== undefined && { opens: opens + shiftMs }), closes: closes + shiftMs };
}

export function stateOf(
  { opens, closes }: { opens?: Instant; closes: Instant },
  inclusive: boolean,
  instant: Instant,
): WindowState {
  if (opens !== undefined && instant < opens) return 'notYet';
  return instant < closes || (inclusive && instant === closes) ? 'open' : 'closed';
}

/**
 * Whether an action may be done at an instant (ISO, or milliseconds): it may while any of the windows is open that name it and are
 * for this application. The instant that counts is the one at which the server received the request. Throws when it is no instant.
 */
export function windowAt(
  linked: LinkedCall,
  action: string,
  instant: string | Instant,
  { shiftMs = 0, states = [], extendedTo }: WindowCase = {},
): ActionWindow {
  const now = typeof instant === 'number' ? instant : parseInstant(instant);
  if (now === undefined) throw new Error(`not an instant: ${instant}`);
  const bounding = linked.windows
    .filter((window) => window.actions.includes(action) && isFor(window, states))
    .map((window) => {
      const bounds = windowBounds(window, shiftMs);
      const extended = extendedTo !== undefined && extendedTo > bounds.closes;
      const inclusive = extended || closesInclusive(linked, window);
      const held = extended ? { ...bounds, closes: extendedTo } : bounds;
      return { window, ...held, extended, closesInclusive: inclusive, state: stateOf(held, inclusive, now) };
    })
    .sort((a, b) => a.closes - b.closes);
  const inState = (wanted: WindowState) => bounding.filter(({ state }) => state === wanted);
  const soonest = inState('notYet').sort((a, b) => (a.opens ?? 0) - (b.opens ?? 0))[0];
  const deciding = inState('open').at(-1) ?? soonest ?? bounding.at(-1);
  if (!deciding) return { state: 'notArranged', text: '本通知没有安排这一步。' };
  return deciding.state === 'open' ? deciding : { ...deciding, text: sayShut(linked, deciding) };
}

/** Whether a window is for an application that is, or was returned from, one of these states. */
const isFor = (window: Window, states: readonly State[]): boolean =>
  window.states === undefined || window.states.some((state) => states.includes(state));

type Shut = { window: Window; opens?: Instant; closes: Instant; state: WindowState; extended: boolean };

function sayShut(linked: LinkedCall, { window, opens, closes, state, extended }: Shut): string {
  const clause = linked.call.clauses.find(({ id }) => id === window.clauses[0]);
  const place = clause ? `依据《通知》${clause.at}。` : '';
  return state === 'notYet' && opens !== undefined
    ? `${window.title}从${officialInstant(opens)}开始，现在还没有开始。${place}`
    : `${window.title}已于${officialInstant(closes)}截止${extended ? '（已经延期）' : ''}。${place}`;
}
