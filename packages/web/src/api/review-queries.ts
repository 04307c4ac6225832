import { useQuery } from '@tanstack/react-query';
import { queryText, read } from './client.ts';
import type {
  Clause,
  LockedChanges,
  Mark,
  QueueChoices,
  ReviewDesk,
  ReviewSetting,
  SavedView,
  SpotCheck,
} from './review-types.ts';
import type { ChecklistStep } from './types.ts';

const LIVE_MS = 5_000;

export const useReviewDesk = (id: string, step: ChecklistStep) =>
  useQuery({
    queryKey: ['application', id, 'desk', step],
    queryFn: ({ signal }) => read<ReviewDesk>(`/applications/${id}/reviews/${step}`, signal),
  });

export const useMarks = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'marks'],
    queryFn: ({ signal }) => read<{ items: Mark[] }>(`/applications/${id}/marks`, signal),
    // A mark is settled by what is saved meanwhile; where there is none, nothing is asked again.
    refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? LIVE_MS : false),
  });

export const useReviewSetting = () =>
  useQuery({
    queryKey: ['review-setting'],
    queryFn: ({ signal }) => read<ReviewSetting>('/review-settings', signal),
  });

export const useQueueChoices = (roundId: string) =>
  useQuery({
    queryKey: ['applications', 'choices', roundId],
    queryFn: ({ signal }) => read<QueueChoices>(`/applications/choices${queryText({ roundId })}`, signal),
  });

export const useSavedViews = (queue: string) =>
  useQuery({
    queryKey: ['saved-views', queue],
    queryFn: ({ signal }) => read<{ items: SavedView[] }>(`/saved-views/${queue}`, signal),
  });

export const useClauses = (roundId: string, wanted: boolean) =>
  useQuery({
    queryKey: ['clauses', roundId],
    queryFn: ({ signal }) => read<{ items: Clause[] }>(`/rounds/${roundId}/clauses`, signal),
    enabled: wanted,
    staleTime: Infinity,
  });

export const useLockedChanges = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'locked-changes'],
    queryFn: ({ signal }) => read<LockedChanges>(`/applications/${id}/locked-changes`, signal),
  });

export const useSpotChecks = (roundId: string) =>
  useQuery({
    queryKey: ['spot-checks', roundId],
    queryFn: ({ signal }) =>
      read<{ items: SpotCheck[]; clause?: { id: string; at: string } }>(`/rounds/${roundId}/spot-checks`, signal),
  });
