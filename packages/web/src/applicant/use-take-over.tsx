import type { Application, SectionValue } from '@keshen/rules';
import { useCallback } from 'react';
import { Button, useToast } from '../kit/index.ts';
import type { EditorSession } from './editor/session.ts';

const UNDO_SECONDS = 20;

/**
 * Puts whole sections that came from elsewhere into the application being edited, as edits like any other: saved, kept on this
 * computer, shown side by side on a conflict. What stood there before can be put back for a while.
 */
export function useTakeOver(session: EditorSession | undefined): (sections: Application, said: string) => void {
  const toast = useToast();
  return useCallback(
    (sections, said) => {
      if (!session) return;
      const { document } = session;
      const before: Application = {};
      const put = (section: string, data: SectionValue) => {
        document.replace(section, data);
        session.autosave.edit(section, data);
      };
      for (const [section, data] of Object.entries(sections)) {
        before[section] = document.section(section);
        put(section, data);
      }
      const key = `taken-${Date.now()}`;
      const undo = () => {
        for (const [section, data] of Object.entries(before)) put(section, data);
        toast.destroy(key);
      };
      toast.open({
        key,
        type: 'success',
        duration: UNDO_SECONDS,
        content: (
          <span>
            {said}{' '}
            <Button size="small" onClick={undo}>
              撤销
            </Button>
          </span>
        ),
      });
    },
    [session, toast],
  );
}
