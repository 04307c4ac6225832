import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call, read } from './client.ts';
import type { RoutingFacts } from './routing-types.ts';
import type { Organisation } from './types.ts';

export const NO_FACTS: RoutingFacts = {
  affiliation: null,
  universityLevel: null,
  firstLevelBudget: null,
  supervisorId: null,
  zoneId: null,
};

export type OpenRoute = {
  key: string;
  departmentName: string;
  self: boolean;
  why: string;
  clause?: { id: string; at: string };
};
export type OpenRoutes = { routes: OpenRoute[]; missing: string[]; why?: string };
export type RoutesOfCall = OpenRoutes & {
  roundId: string;
  callTitle: string;
  mode: 'live' | 'rehearsal';
  word: string;
  choice: boolean;
  oneForAll: boolean;
};
export type RoutingPreview = { registration: OpenRoutes; calls: RoutesOfCall[] };

export type RoutingAsked = RoutingFacts & {
  authorityId: string;
  name: string;
  division: string;
  kind: string;
  legalPerson: boolean;
};

export const useRoutingPreview = (asked: RoutingAsked | undefined) =>
  useQuery({
    queryKey: ['routing', asked],
    queryFn: async () => {
      const answer = await call<RoutingPreview>('POST', '/routing', { body: asked });
      return answer.ok ? answer.value : { registration: { routes: [], missing: [] }, calls: [] };
    },
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
  });

export const useRoutingOf = (organisationId: string | undefined) =>
  useQuery({
    queryKey: ['organisations', organisationId, 'routing'],
    queryFn: ({ signal }) => read<{ items: RoutesOfCall[] }>(`/organisations/${organisationId}/routing`, signal),
    enabled: organisationId !== undefined,
  });

export type Paper = {
  id: string;
  kind: string;
  title: string;
  fileName: string;
  bytes: number;
  pages?: number | null;
  notes: string[];
  virus?: string;
  storedAt: string;
  replacedAt?: string;
  changeId?: string;
  platformId?: string;
};
export const usePapers = (organisationId: string) =>
  useQuery({
    queryKey: ['organisations', organisationId, 'papers'],
    queryFn: ({ signal }) => read<{ items: Paper[] }>(`/organisations/${organisationId}/documents`, signal),
  });

export type Difference = { field: string; label: string; before: string; after: string };
export type Version = {
  ordinal: number;
  holdsFrom: string;
  departmentName: string;
  approvedByName?: string;
  note?: string;
  changes: Difference[];
};
export const useHistoryOf = (organisationId: string) =>
  useQuery({
    queryKey: ['organisations', organisationId, 'history'],
    queryFn: ({ signal }) => read<{ items: Version[] }>(`/organisations/${organisationId}/history`, signal),
  });

export type Change = {
  id: string;
  organisationId: string;
  organisationName: string;
  uscc: string;
  departmentName: string;
  reason: string;
  requestedByName: string;
  requestedAt: string;
  decision?: 'approved' | 'declined' | 'withdrawn';
  decisionNote?: string | null;
  decidedByName?: string | null;
  decidedAt?: string;
  changes: Difference[];
  movesTo?: { departmentName: string; why: string; clause?: { id: string; at: string } };
};
export const useChangesOf = (organisationId: string) =>
  useQuery({
    queryKey: ['organisations', organisationId, 'changes'],
    queryFn: ({ signal }) => read<{ items: Change[] }>(`/organisations/${organisationId}/changes`, signal),
  });
export const useOpenChanges = () =>
  useQuery({
    queryKey: ['organisations', 'open-changes'],
    queryFn: ({ signal }) => read<{ items: Change[]; total: number }>('/organisation-changes', signal),
  });

export type HostedPlatform = {
  id: string;
  organisationId: string;
  organisationName: string;
  uscc: string;
  departmentName: string;
  kind: string;
  kindLabel: string;
  name: string;
  number: string;
  confirmedByAuthority: string;
  confirmedOn: string;
  ongoingCooperation: boolean;
  requestedByName: string;
  requestedAt: string;
  decision: 'confirmed' | 'declined' | 'withdrawn' | null;
  decisionNote: string | null;
  decidedByName: string | null;
  decidedAt: string | null;
};
export const usePlatformsOf = (organisationId: string) =>
  useQuery({
    queryKey: ['organisations', organisationId, 'platforms'],
    queryFn: ({ signal }) =>
      read<{ items: HostedPlatform[]; kinds: { value: string; label: string }[] }>(
        `/organisations/${organisationId}/platforms`,
        signal,
      ),
  });
export const useOpenPlatforms = () =>
  useQuery({
    queryKey: ['organisations', 'open-platforms'],
    queryFn: ({ signal }) => read<{ items: HostedPlatform[]; total: number }>('/hosted-platforms', signal),
  });

export type Administration = {
  administrator?: { personId: string; name: string; login: string; since: string; disabled: boolean };
  deputies: { personId: string; name: string; login: string; grantedAt: string; until: string }[];
  openWork: { kind: string; label: string; count: number; numbers: string[] }[];
};
export const useAdministration = (organisationId: string) =>
  useQuery({
    queryKey: ['organisations', organisationId, 'administration'],
    queryFn: ({ signal }) => read<Administration>(`/organisations/${organisationId}/administration`, signal),
  });

export type RoutedOrganisation = Organisation &
  RoutingFacts & { supervisorName: string | null; zoneName: string | null };
