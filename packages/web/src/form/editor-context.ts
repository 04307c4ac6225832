import type { Words } from '@keshen/rules';
import { createContext, use, type ReactNode } from 'react';
import type { Choices } from './choices.ts';

/** What all fields of one editor share and what does not change while typing. */
export type Editor = {
  choices: Choices;
  words: Words & Record<string, string>;
  /** The applicant has asked what still stands in the way: from then on empty fields say so themselves. */
  asked: boolean;
  /** Leads to the field at a path, in whatever section. */
  go: (path: string) => void;
  /** Where `go` was last asked to lead; a new object each time. */
  target: { path: string } | undefined;
  /** What reviewers want changed at a place. */
  marksAt: (path: string) => ReactNode;
};

const EditorContext = createContext<Editor | undefined>(undefined);
export const EditorProvider = EditorContext;

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('no editor around this field');
  return editor;
}
