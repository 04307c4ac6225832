import type { Application, ReadProblem, SectionValue } from '@keshen/rules';
import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';
import type { Mode } from '../api/types.ts';

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

/** What could be taken over from elsewhere, and what could not, with the reason. */
export type Proposal = { sections: Application; left: { path: string; label: string; why: string }[] };

export type CopySource = {
  id: string;
  number: string;
  title: string;
  callTitle: string;
  mode: Mode;
  stateLabel: string;
  applicantName: string;
  updatedAt: string;
};

export const useCopySources = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'copy-sources'],
    queryFn: ({ signal }) => read<{ items: CopySource[] }>(`/applications/${id}/copy-sources`, signal),
  });

export type Presence = { windowId: string; personId: string; name: string; section: string };

export type Sharing = {
  items: { personId: string; name: string; grantedAt: string }[];
  mine: boolean;
  candidates: { personId: string; name: string }[];
};

export const useSharing = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'co-editors'],
    queryFn: ({ signal }) => read<Sharing>(`/applications/${id}/co-editors`, signal),
  });
