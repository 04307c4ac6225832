import type { SectionValue } from '@keshen/rules';
import type { Refusal } from '../api/types.ts';
import { equal } from './equal.ts';

/**
 * How one section gets to the server without a word being lost. Pure: the driver feeds what happens and looks at the state
 * for what to do. A save whose answer never came is sent again under the same id, so that the server knows it; newer edits
 * wait behind it.
 */
export type SectionSaving = {
  /** What the server is known to hold. */
  base: { revision: number; data: SectionValue };
  /** What is on the screen. */
  local: SectionValue;
  /** Handed over and not acknowledged yet. */
  pending?: { saveId: string; revision: number; data: SectionValue };
  /** Whether the pending save is on its way right now, or waits to be tried again. */
  onTheWay: boolean;
  /** When the next attempt is due (ms); absent while nothing is to be sent or something else must happen first. */
  dueAt?: number;
  /** Attempts without an answer since the last one. */
  attempts: number;
  trouble?: Trouble;
  savedAt?: string;
};

export type Theirs = { revision: number; data: SectionValue; savedAt: string; savedByName: string };

export type Trouble =
  | { kind: 'unreachable' }
  | { kind: 'signed_out' }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'conflict'; theirs: Theirs };

export type Happening =
  | { kind: 'edited'; data: SectionValue; at: number }
  | { kind: 'due'; saveId: string }
  | { kind: 'acknowledged'; saveId: string; revision: number; savedAt: string; at: number }
  | { kind: 'unreachable'; saveId: string; at: number }
  | { kind: 'signed_out'; saveId: string }
  | { kind: 'refused'; saveId: string; refusal: Refusal }
  | { kind: 'stale'; saveId: string; theirs: Theirs; at: number }
  | { kind: 'try_now'; at: number }
  | { kind: 'resolved'; data: SectionValue; at: number };

/** A pause in typing after which a section is saved. */
export const PAUSE_MS = 800;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

export const begin = (base: SectionSaving['base'], savedAt?: string): SectionSaving => ({
  base,
  local: base.data,
  onTheWay: false,
  attempts: 0,
  ...(savedAt ? { savedAt } : {}),
});

export const isSaved = (state: SectionSaving): boolean =>
  !state.pending && !state.trouble && equal(state.local, state.base.data);

export function reduce(state: SectionSaving, happening: Happening): SectionSaving {
  switch (happening.kind) {
    case 'edited':
      return edited(state, happening.data, happening.at);
    case 'due':
      return send(state, happening.saveId);
    case 'acknowledged':
      return answered(state, happening.saveId, ({ pending, ...rest }) =>
        next(
          { ...rest, base: { revision: happening.revision, data: pending.data }, savedAt: happening.savedAt },
          happening.at,
        ),
      );
    case 'unreachable':
      return answered(state, happening.saveId, (sent) => {
        const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** sent.attempts);
        return { ...sent, attempts: sent.attempts + 1, trouble: { kind: 'unreachable' }, dueAt: happening.at + wait };
      });
    case 'signed_out':
      return answered(state, happening.saveId, (sent) => ({ ...sent, trouble: { kind: 'signed_out' } }));
    case 'refused':
      return answered(state, happening.saveId, ({ pending: _refused, ...rest }) => ({
        ...rest,
        trouble: { kind: 'refused', refusal: happening.refusal },
      }));
    case 'stale':
      return answered(state, happening.saveId, (sent) => stale(sent, happening.theirs, happening.at));
    case 'try_now':
      return tryNow(state, happening.at);
    default:
      return resolved(state, happening.data, happening.at);
  }
}

type Sent = SectionSaving & { pending: NonNullable<SectionSaving['pending']> };

/** Answers to anything but the save on its way are late echoes and change nothing. */
function answered(state: SectionSaving, saveId: string, then: (sent: Sent) => SectionSaving): SectionSaving {
  if (state.pending?.saveId !== saveId) return state;
  const { trouble: _over, dueAt: _due, ...rest } = state;
  return then({ ...rest, pending: state.pending, onTheWay: false });
}

function edited(state: SectionSaving, data: SectionValue, at: number): SectionSaving {
  const { trouble, ...rest } = state;
  const edit = { ...rest, local: data };
  // Only a refusal is answered by editing; the other troubles end by themselves, and the edit waits behind them.
  if (trouble && trouble.kind !== 'refused') return { ...edit, trouble };
  return { ...edit, dueAt: at + PAUSE_MS };
}

function send(state: SectionSaving, saveId: string): SectionSaving {
  if (state.onTheWay || state.trouble?.kind === 'conflict') return state;
  const { dueAt: _due, ...rest } = state;
  if (state.pending) return { ...rest, onTheWay: true };
  if (equal(state.local, state.base.data)) return rest;
  return { ...rest, onTheWay: true, pending: { saveId, revision: state.base.revision, data: state.local } };
}

/** After an acknowledgement: whatever was typed meanwhile goes next, after the usual pause. */
function next(state: SectionSaving, at: number): SectionSaving {
  const settled = { ...state, attempts: 0 };
  return equal(state.local, state.base.data) ? settled : { ...settled, dueAt: at + PAUSE_MS };
}

function stale({ pending, ...rest }: Sent, theirs: Theirs, at: number): SectionSaving {
  const base = { revision: theirs.revision, data: theirs.data };
  // The other version is what was sent: an earlier attempt did arrive, or both typed the same.
  if (equal(theirs.data, pending.data) || equal(theirs.data, rest.local))
    return next({ ...rest, base, savedAt: theirs.savedAt }, at);
  return { ...rest, trouble: { kind: 'conflict', theirs } };
}

function tryNow(state: SectionSaving, at: number): SectionSaving {
  if (state.onTheWay || state.trouble?.kind === 'conflict') return state;
  const waits = state.pending !== undefined || !equal(state.local, state.base.data);
  if (!waits) return state;
  const { trouble, ...rest } = state;
  return trouble?.kind === 'refused' ? state : { ...rest, attempts: 0, dueAt: at };
}

function resolved(state: SectionSaving, data: SectionValue, at: number): SectionSaving {
  if (state.trouble?.kind !== 'conflict') return state;
  const { trouble, ...rest } = state;
  const { revision, data: theirs, savedAt } = trouble.theirs;
  const merged = { ...rest, base: { revision, data: theirs }, local: data, attempts: 0 };
  return equal(data, theirs) ? { ...merged, savedAt } : { ...merged, dueAt: at };
}
