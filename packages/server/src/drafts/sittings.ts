import type { Save } from '../applications/index.ts';

/** What one person did to one section without a longer pause: from the revision before it to the last save of it. */
export type Sitting = {
  section: string;
  /** The revision that was there before, 0 when there was none. */
  from: number;
  revision: number;
  saves: number;
  startedAt: string;
  savedAt: string;
  savedByName: string;
};

/** Saves of one person further apart than this are told apart; autosave alone would give a line for each pause in typing. */
const PAUSE_MS = 3 * 60_000;
/** As many as a reader can look through; the older ones stay in the database. */
const MOST = 500;

/** Groups saves, each section's in the order of its revisions, into sittings; the newest first. */
export function sittingsOf(saves: readonly Save[]): Sitting[] {
  const sittings: (Sitting & { savedBy: string })[] = [];
  for (const { section, revision, savedAt, savedBy, savedByName } of saves) {
    const last = sittings.at(-1);
    const at = savedAt.toISOString();
    const goesOn =
      last?.section === section && last.savedBy === savedBy && savedAt.getTime() - Date.parse(last.savedAt) <= PAUSE_MS;
    if (goesOn) Object.assign(last, { revision, savedAt: at, saves: last.saves + 1 });
    else {
      const from = revision - 1;
      sittings.push({ section, from, revision, saves: 1, startedAt: at, savedAt: at, savedByName, savedBy });
    }
  }
  return sittings
    .map(({ savedBy: _who, ...sitting }) => sitting)
    .toSorted((a, b) => Date.parse(b.savedAt) - Date.parse(a.savedAt))
    .slice(0, MOST);
}
