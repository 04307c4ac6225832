import {
  closesInclusive,
  isoInstant,
  type State,
  stateOf,
  windowBounds,
  type WindowState,
  type Words,
} from '@keshen/rules';
import type { LoadedRound } from './round.ts';
import { clauseOf } from './window.ts';

export type WindowView = {
  key: string;
  title: string;
  clause: { id: string; at: string };
  /** ISO with offset +08:00, as it lies in reality (shifted in a rehearsal); absent where the notice names no beginning. */
  opens?: string;
  closes: string;
  closesInclusive: boolean;
  state: 'before' | 'open' | 'closed';
  actions: string[];
  /** Only for applications in, or returned from, one of these states; absent: for all. */
  states?: State[];
};

export type RoundView = {
  id: string;
  callKey: string;
  title: string;
  authorityId: string;
  authorityName: string;
  mode: 'live' | 'rehearsal';
  planYear: number;
  words: Words;
  windows: WindowView[];
};

const STATES: Record<WindowState, WindowView['state']> = { notYet: 'before', open: 'open', closed: 'closed' };

/** A round as pages show it at an instant. */
export function viewRound(loaded: LoadedRound, now: Date): RoundView {
  const { round, compiled, mode, shiftMs } = loaded;
  const linked = loaded.linkedAt(now);
  return {
    id: round.id,
    callKey: round.callKey,
    title: compiled.title,
    authorityId: round.authorityId,
    authorityName: round.authorityName,
    mode,
    planYear: compiled.planYear,
    words: compiled.words,
    windows: linked.windows.map((window) => {
      const bounds = windowBounds(window, shiftMs);
      const inclusive = closesInclusive(linked, window);
      return {
        key: window.key,
        title: window.title,
        clause: clauseOf(linked, window),
        ...(bounds.opens !== undefined && { opens: isoInstant(bounds.opens) }),
        closes: isoInstant(bounds.closes),
        closesInclusive: inclusive,
        state: STATES[stateOf(bounds, inclusive, now.getTime())],
        actions: window.actions,
        ...(window.states && { states: window.states }),
      };
    }),
  };
}
