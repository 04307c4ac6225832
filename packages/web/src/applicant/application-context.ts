import type { Words } from '@keshen/rules';
import { createContext, use } from 'react';
import type { ApplicationDetail, Round, RoundDefinition } from '../api/types.ts';
import type { Choices } from '../form/choices.ts';
import type { EditorSession } from './editor/session.ts';

export type OpenApplication = {
  application: ApplicationDetail;
  definition: RoundDefinition;
  round: Round | undefined;
  choices: Choices;
  words: Words & Record<string, string>;
  /** Present while the applicant may write. */
  session: EditorSession | undefined;
  /** Leads to a field or a material, whatever page it is on. */
  go: (path: string) => void;
  target: { path: string } | undefined;
  asked: boolean;
  ask: () => void;
};

const ApplicationContext = createContext<OpenApplication | undefined>(undefined);
export const ApplicationProvider = ApplicationContext;

export function useOpenApplication(): OpenApplication {
  const open = use(ApplicationContext);
  if (!open) throw new Error('no application: this page must stand under ApplicationLayout');
  return open;
}
