import type { SectionValue } from '@keshen/rules';
import type { Answer } from '../api/client.ts';
import type { Refusal, Saved } from '../api/types.ts';
import { copyOf, restore, type CopyStore } from './local-copy.ts';
import { isSaved, reduce, type Happening, type SectionSaving, type Theirs } from './section-saving.ts';

export type SaveRequest = { revision: number; data: SectionValue; saveId: string };

type Parts = {
  stored: Readonly<Record<string, Theirs>>;
  sections: readonly string[];
  copies: CopyStore;
  save: (section: string, request: SaveRequest) => Promise<Answer<Saved>>;
  now: () => number;
  newId: () => string;
};

export type Autosave = ReturnType<typeof createAutosave>;

/** Runs the saving of all sections of one application: timers, requests, the local copy. */
export function createAutosave({ stored, sections, copies, save, now, newId }: Parts) {
  const kept = copies.read();
  let states: Readonly<Record<string, SectionSaving>> = Object.fromEntries(
    sections.map((section) => [section, restore(stored[section], kept[section], now())]),
  );
  const listeners = new Set<() => void>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let copyTimer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  const keepCopies = () => {
    clearTimeout(copyTimer);
    copyTimer = undefined;
    copies.write(
      Object.fromEntries(
        Object.entries(states)
          .filter(([, state]) => !isSaved(state))
          .map(([section, state]) => [section, copyOf(state)]),
      ),
    );
  };

  function feed(section: string, happening: Happening): void {
    const before = states[section];
    if (!before) return;
    const after = reduce(before, happening);
    if (after === before) return;
    states = { ...states, [section]: after };
    // Writing all copies on each key would be felt; a moment later is soon enough, and leaving the page writes at once.
    if (happening.kind === 'edited') copyTimer ??= setTimeout(keepCopies, 200);
    else keepCopies();
    act(section, before, after);
    for (const listener of listeners) listener();
  }

  function act(section: string, before: SectionSaving | undefined, after: SectionSaving): void {
    if (after.onTheWay && !before?.onTheWay && after.pending) void request(section, after.pending);
    if (after.dueAt === before?.dueAt) return;
    clearTimeout(timers.get(section));
    if (after.dueAt !== undefined && running)
      timers.set(
        section,
        setTimeout(() => feed(section, { kind: 'due', saveId: newId() }), Math.max(0, after.dueAt - now())),
      );
  }

  async function request(section: string, sent: SaveRequest): Promise<void> {
    const { revision, data, saveId } = sent;
    const answer = await save(section, { revision, data, saveId });
    if (answer.ok) feed(section, { kind: 'acknowledged', saveId, ...answer.value, at: now() });
    else feed(section, failure(saveId, answer.status, answer.refusal, now()));
  }

  const each = (happening: (section: string) => Happening) => {
    for (const section of sections) feed(section, happening(section));
  };

  return {
    states: () => states,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    edit: (section: string, data: SectionValue) => feed(section, { kind: 'edited', data, at: now() }),
    resolve: (section: string, data: SectionValue) => feed(section, { kind: 'resolved', data, at: now() }),
    /** The network is back, somebody signed in again, or the page is being left: whatever waits goes now. */
    sendNow: () => {
      each(() => ({ kind: 'try_now', at: now() }));
      each(() => ({ kind: 'due', saveId: newId() }));
    },
    keepCopies,
    allSaved: () => Object.values(states).every(isSaved),
    start: () => {
      running = true;
      for (const [section, state] of Object.entries(states)) act(section, undefined, state);
    },
    /** Answers that still come are taken in, so that the copies here go when their saves arrive. */
    stop: () => {
      running = false;
      keepCopies();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Only a stale save is answered with what the server holds. */
const isTheirs = (current: unknown): current is Theirs =>
  typeof current === 'object' && current !== null && 'revision' in current && 'data' in current;

function failure(saveId: string, status: number, refusal: Refusal, at: number): Happening {
  if (status === 401) return { kind: 'signed_out', saveId };
  if (status === 409 && isTheirs(refusal.current)) return { kind: 'stale', saveId, theirs: refusal.current, at };
  // The server's own faults, overload and silence pass; everything else is an answer.
  if (status === 0 || status === 429 || status >= 500) return { kind: 'unreachable', saveId, at };
  return { kind: 'refused', saveId, refusal };
}
