import type { SectionValue } from '@keshen/rules';
import { equal } from './equal.ts';
import { begin, type SectionSaving, type Theirs } from './section-saving.ts';

/** What this browser keeps of a section until the server has acknowledged it. */
export type LocalCopy = Pick<SectionSaving, 'base' | 'local' | 'pending'>;

export type CopyStore = { read: () => Record<string, LocalCopy>; write: (copies: Record<string, LocalCopy>) => void };

export const copyOf = ({ base, local, pending }: SectionSaving): LocalCopy => ({
  base,
  local,
  ...(pending ? { pending } : {}),
});

/**
 * Brings what this browser kept together with what the server holds when an application is opened again. An unacknowledged
 * edit goes on; if somebody else saved meanwhile, both versions are shown.
 */
export function restore(stored: Theirs | undefined, copy: LocalCopy | undefined, at: number): SectionSaving {
  const base = stored ? { revision: stored.revision, data: stored.data } : { revision: 0, data: {} as SectionValue };
  const fresh = begin(base, stored?.savedAt);
  if (!copy || equal(copy.local, base.data)) return fresh;
  const mine = { ...fresh, local: copy.local };
  const arrived = copy.pending !== undefined && equal(copy.pending.data, base.data);
  if (base.revision === copy.base.revision || arrived || !stored) return { ...mine, dueAt: at };
  return { ...mine, trouble: { kind: 'conflict', theirs: stored } };
}

const PREFIX = 'keshen.copy.';

/** Copies in the browser's storage, by person and application. A full or forbidden storage keeps nothing and breaks nothing. */
export function browserCopies(personId: string, applicationId: string): CopyStore {
  const key = `${PREFIX}${personId}.${applicationId}`;
  return {
    read: () => {
      try {
        const copies: Record<string, LocalCopy> = JSON.parse(localStorage.getItem(key) ?? '{}');
        return copies;
      } catch {
        return {};
      }
    },
    write: (copies) => {
      try {
        if (Object.keys(copies).length === 0) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(copies));
      } catch {
        // Private windows and full disks: saving to the server goes on without a second copy.
      }
    },
  };
}
