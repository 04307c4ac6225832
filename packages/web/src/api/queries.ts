import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Facts } from '@keshen/rules';
import { queryText, read } from './client.ts';
import type {
  ApplicationDetail,
  ApplicationSummary,
  ChecklistItem,
  ChecklistStep,
  DeliveredList,
  DemonstrationPerson,
  Extension,
  HistoryEvent,
  Invitations,
  List,
  Me,
  Organisation,
  OrganisationPerson,
  Overview,
  Places,
  PlacesOfApplication,
  Recommendations,
  Registrable,
  Round,
  RoundDefinition,
  ServerFindings,
} from './types.ts';

export type ListFilter = {
  q?: string;
  state?: string;
  roundId?: string;
  departmentId?: string;
  sort?: string;
  topic?: string;
  organisationId?: string;
  finding?: string;
  dueWithin?: string;
  reviewer?: string;
  page?: number;
  pageSize?: number;
};

/** The first element of a key names what it holds, so that a change can invalidate all of it. */
export const useMe = () => useQuery({ queryKey: ['me'], queryFn: ({ signal }) => read<Me>('/session', signal) });

export const useDemonstration = () =>
  useQuery({
    queryKey: ['demonstration'],
    queryFn: ({ signal }) => read<{ people: DemonstrationPerson[] }>('/demonstration', signal),
  });

export const useAuthorities = () =>
  useQuery({ queryKey: ['authorities'], queryFn: ({ signal }) => read<Registrable>('/authorities', signal) });

export const useOrganisations = (filter: ListFilter) =>
  useQuery({
    queryKey: ['organisations', filter],
    queryFn: ({ signal }) => read<List<Organisation>>(`/organisations${queryText(filter)}`, signal),
    placeholderData: keepPreviousData,
  });

export const useOrganisation = (id: string) =>
  useQuery({
    queryKey: ['organisations', id],
    queryFn: ({ signal }) => read<Organisation>(`/organisations/${id}`, signal),
  });

export const usePeople = () =>
  useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => read<{ items: OrganisationPerson[] }>('/organisation/people', signal),
  });

export const useRounds = () =>
  useQuery({ queryKey: ['rounds'], queryFn: ({ signal }) => read<{ items: Round[] }>('/rounds', signal) });

/** A published definition never changes under one checksum, so it is read once a visit. */
export const useDefinition = (roundId: string | undefined) =>
  useQuery({
    queryKey: ['definition', roundId],
    queryFn: ({ signal }) => read<RoundDefinition>(`/rounds/${roundId}/definition`, signal),
    enabled: roundId !== undefined,
    staleTime: Infinity,
  });

export const useOverview = (roundId: string) =>
  useQuery({
    queryKey: ['overview', roundId],
    queryFn: ({ signal }) => read<Overview>(`/rounds/${roundId}/overview`, signal),
  });

export const useDelivered = (roundId: string) =>
  useQuery({
    queryKey: ['delivered', roundId],
    queryFn: ({ signal }) => read<{ items: DeliveredList[] }>(`/rounds/${roundId}/delivered`, signal),
  });

export const useRecommendations = (roundId: string) =>
  useQuery({
    queryKey: ['recommendations', roundId],
    queryFn: ({ signal }) => read<Recommendations>(`/rounds/${roundId}/recommendations`, signal),
  });

export const useInvitations = (roundId: string) =>
  useQuery({
    queryKey: ['invitations', roundId],
    queryFn: ({ signal }) => read<Invitations>(`/rounds/${roundId}/invitations`, signal),
  });

/** The officers get every proposal; others what was approved and concerns them. */
export const useExtensions = (roundId: string) =>
  useQuery({
    queryKey: ['extensions', roundId],
    queryFn: ({ signal }) => read<List<Extension>>(`/rounds/${roundId}/extensions`, signal),
  });

/** Places are asked for again every few seconds: others take them at the same time. */
const LIVE_MS = 5_000;

export const usePlaces = (roundId: string) =>
  useQuery({
    queryKey: ['places', roundId],
    queryFn: ({ signal }) => read<Places>(`/rounds/${roundId}/places`, signal),
    refetchInterval: LIVE_MS,
  });

export const useApplicationPlaces = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'places'],
    queryFn: ({ signal }) => read<PlacesOfApplication>(`/applications/${id}/places`, signal),
    refetchInterval: LIVE_MS,
  });

export const useApplications = (filter: ListFilter) =>
  useQuery({
    queryKey: ['applications', filter],
    queryFn: ({ signal }) => read<List<ApplicationSummary>>(`/applications${queryText(filter)}`, signal),
    placeholderData: keepPreviousData,
  });

export const useApplication = (id: string) =>
  useQuery({
    queryKey: ['application', id],
    queryFn: ({ signal }) => read<ApplicationDetail>(`/applications/${id}`, signal),
    // Editing starts from the revisions of this moment: a copy kept from an earlier visit would be older than the last save.
    gcTime: 0,
  });

export const useFacts = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'facts'],
    queryFn: ({ signal }) => read<Facts>(`/applications/${id}/facts`, signal),
    staleTime: 60_000,
  });

export const useFindings = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'findings'],
    queryFn: ({ signal }) => read<ServerFindings>(`/applications/${id}/findings`, signal),
  });

export const useEvents = (id: string) =>
  useQuery({
    queryKey: ['application', id, 'events'],
    queryFn: ({ signal }) => read<{ items: HistoryEvent[] }>(`/applications/${id}/events`, signal),
  });

export const useChecklist = (id: string, step: ChecklistStep) =>
  useQuery({
    queryKey: ['application', id, 'checklist', step],
    queryFn: ({ signal }) => read<{ items: ChecklistItem[] }>(`/applications/${id}/checklist/${step}`, signal),
  });
