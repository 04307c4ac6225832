import { useCallback, useEffect, useRef } from 'react';

/** After the last change to a small thing that has no revisions: a note, what is told beside a file. */
const PAUSE_MS = 600;

/** Calls `save` a moment after the last change, at once when told so, and when the page is left with something waiting. */
export function useDelayedSave(save: () => Promise<void>): { soon: () => void; now: () => void } {
  const newest = useRef(save);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    newest.current = save;
  });
  const now = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    void newest.current();
  }, []);
  const soon = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(now, PAUSE_MS);
  }, [now]);
  useEffect(
    () => () => {
      if (timer.current !== undefined) now();
    },
    [now],
  );
  return { soon, now };
}
