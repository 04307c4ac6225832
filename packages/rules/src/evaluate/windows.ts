import type { Window } from '../call.ts';
import { officialInstant, parseInstant, type Instant } from '../calendar/instants.ts';
import { contextOf } from './context.ts';
import type { LinkedCall } from './link.ts';

export type WindowState = 'notYet' | 'open' | 'closed';

/** The windows that bound an action at an instant. `open` when none bounds it or all of them are open. */
export type ActionWindow = {
  state: WindowState;
  /** The window that decides: the one that keeps the action shut, else the one that closes first. */
  window?: Window;
  opens?: Instant;
  closes?: Instant;
  closesInclusive?: boolean;
  /** What to say when it is not open: 三1：网上填报已于2025年11月28日 17:00截止。 */
  text?: string;
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
 * Whether an action may be done at an instant (ISO, or milliseconds). The instant that counts is the one at which the
 * server received the request. Throws when it is no instant.
 */
export function windowAt(linked: LinkedCall, action: string, instant: string | Instant, shiftMs = 0): ActionWindow {
  const now = typeof instant === 'number' ? instant : parseInstant(instant);
  if (now === undefined) throw new Error(`not an instant: ${instant}`);
  const bounding = linked.windows
    .filter((window) => window.actions.includes(action))
    .map((window) => {
      const bounds = windowBounds(window, shiftMs);
      const inclusive = closesInclusive(linked, window);
      return { window, ...bounds, closesInclusive: inclusive, state: stateOf(bounds, inclusive, now) };
    })
    .sort((a, b) => a.closes - b.closes);
  const shut = bounding.find(({ state }) => state === 'closed') ?? bounding.find(({ state }) => state === 'notYet');
  const deciding = shut ?? bounding[0];
  if (!deciding) return { state: 'open' };
  return shut ? { ...shut, text: sayShut(linked, shut) } : deciding;
}

function sayShut(
  linked: LinkedCall,
  { window, opens, closes, state }: { window: Window; opens?: Instant; closes: Instant; state: WindowState },
): string {
  const clause = linked.call.clauses.find(({ id }) => id === window.clauses[0]);
  const place = clause ? `依据《通知》${clause.at}。` : '';
  return state === 'notYet' && opens !== undefined
    ? `${window.title}从${officialInstant(opens)}开始，现在还没有开始。${place}`
    : `${window.title}已于${officialInstant(closes)}截止。${place}`;
}
