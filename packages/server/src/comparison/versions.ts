import { isOpen, officialInstant, type State } from '@keshen/rules';
import type { Snapshot } from '../applications/index.ts';

/** A version that a reader may compare: a submitted one by its ordinal, or what the application holds now. */
export type Version = { version: string; label: string; versionCode?: string; takenAt?: string };

export const CURRENT = 'current';

/** A step as the log has it: when it was taken and to which state it led. */
export type Passage = { at: Date; to: State };

/**
 * The versions that somebody may see who sees these states, the newest first: a version is seen when the application was in such a state
 * while the version was the latest. A department does not learn what was submitted before its organisation had anything changed.
 */
export function readableVersions(
  { state, snapshots, passages }: { state: State; snapshots: readonly Snapshot[]; passages: readonly Passage[] },
  states: readonly State[],
): Version[] {
  const submitted = snapshots
    .filter((snapshot, index) => {
      // The newest comes first, so the one before it in the list is its successor.
      const until = snapshots[index - 1]?.takenAt;
      return passages.some(({ at, to }) => at >= snapshot.takenAt && (!until || at < until) && states.includes(to));
    })
    .map(({ ordinal, versionCode, takenAt }) => ({
      version: String(ordinal),
      label: `第${ordinal}版（${officialInstant(Math.floor(takenAt.getTime() / 1000) * 1000)}提交）`,
      versionCode,
      takenAt: takenAt.toISOString(),
    }));
  const current = isOpen(state) ? [{ version: CURRENT, label: '现在的内容（尚未提交）' }] : [];
  return [...current, ...submitted];
}
