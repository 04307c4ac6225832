import type { ReadProblem, SectionValue } from '@keshen/rules';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';

/** What the server's drafts slice answers. */
export type Sitting = {
  section: string;
  from: number;
  revision: number;
  saves: number;
  startedAt: string;
  savedAt: string;
  savedByName: string;
};

export type Revision = { section: string; revision: number; data: SectionValue; problems: ReadProblem[] };

export const useSittings = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'sittings'],
    queryFn: ({ signal }) => read<{ items: Sitting[] }>(`/applications/${id}/sittings`, signal),
    staleTime: 0,
  });

/** A revision never changes. */
export const useRevision = (id: string, section: string, revision: number) =>
  useQuery({
    queryKey: ['application', id, 'revision', section, revision],
    queryFn: ({ signal }) => read<Revision>(`/applications/${id}/sections/${section}/revisions/${revision}`, signal),
    staleTime: Infinity,
  });
