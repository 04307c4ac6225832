import type { Verdict } from '@keshen/rules';
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import { equal } from '../autosave/equal.ts';
import type { Judgement } from './judge.ts';

/** The newest judgement, outside of React: only fields whose findings changed are drawn again. */
export type JudgementStore = ReturnType<typeof createJudgementStore>;

const NONE: readonly Verdict[] = Object.freeze([]);

function byPath(judgement: Judgement): Map<string, readonly Verdict[]> {
  const paths = new Map<string, readonly Verdict[]>();
  for (const verdict of judgement.verdicts)
    for (const path of new Set(verdict.fields)) paths.set(path, [...(paths.get(path) ?? NONE), verdict]);
  return paths;
}

export function createJudgementStore(first: Judgement) {
  let judgement = first;
  let findings: ReadonlyMap<string, readonly Verdict[]> = byPath(first);
  const listeners = new Set<() => void>();
  return {
    get: () => judgement,
    at: (path: string): readonly Verdict[] => findings.get(path) ?? NONE,
    put: (next: Judgement): void => {
      const after = byPath(next);
      // The same finding keeps its identity, so that nothing is drawn again for it.
      for (const [path, verdicts] of after) {
        const before = findings.get(path);
        if (before && equal(before, verdicts)) after.set(path, before);
      }
      findings = after;
      judgement = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const JudgementContext = createContext<JudgementStore | undefined>(undefined);
export const JudgementProvider = JudgementContext;

export function useJudgementStore(): JudgementStore {
  const store = use(JudgementContext);
  if (!store) throw new Error('no judgement: a field must stand inside an editor');
  return store;
}

/** A part of the judgement; the component is drawn again only when that part is another value. */
export function useJudged<T>(select: (judgement: Judgement) => T): T {
  const store = useJudgementStore();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export function useFindingsAt(path: string): readonly Verdict[] {
  const store = useJudgementStore();
  const read = useCallback(() => store.at(path), [store, path]);
  return useSyncExternalStore(store.subscribe, read);
}
