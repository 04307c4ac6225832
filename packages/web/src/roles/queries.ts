import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryText, read } from '../api/client.ts';
import type { List, Role } from '../api/types.ts';

export type HeldRole = {
  id: string;
  role: Role;
  label: string;
  place: string;
  grantedAt: string;
  endedAt: string | null;
  endReason: string | null;
};
export type HousePerson = {
  id: string;
  login: string;
  name: string;
  createdAt: string;
  disabledAt: string | null;
  secondFactorAt: string | null;
  grants: HeldRole[];
};
export type RoleProposal = {
  id: string;
  personName: string;
  login: string;
  label: string;
  place: string;
  reason: string;
  proposedByName: string;
  proposedAt: string;
  state: 'open' | 'approved' | 'declined' | 'withdrawn';
  decidedByName: string | null;
  decidedAt: string | null;
  decisionNote: string;
  mayDecide: boolean;
  mayWithdraw: boolean;
};
export type Places = {
  roles: { role: Role; label: string }[];
  authorities: { id: string; name: string }[];
  departments: { id: string; name: string; authorityId: string }[];
};
export type PeopleFilter = { q: string; role: string; standing: string };

export const usePeopleOfHouse = (filter: PeopleFilter, page: number, pageSize: number) =>
  useQuery({
    queryKey: ['roles', 'people', filter, page],
    queryFn: ({ signal }) =>
      read<List<HousePerson>>(`/roles/people${queryText({ ...filter, page, pageSize })}`, signal),
    placeholderData: keepPreviousData,
  });

export const usePersonOfHouse = (id: string) =>
  useQuery({
    queryKey: ['roles', 'person', id],
    queryFn: ({ signal }) => read<HousePerson>(`/roles/people/${id}`, signal),
  });

export const usePlacesOfHouse = () =>
  useQuery({
    queryKey: ['roles', 'places'],
    queryFn: ({ signal }) => read<Places>('/roles/places', signal),
    staleTime: Infinity,
  });

export const useRoleProposals = (state: string, page: number, pageSize: number) =>
  useQuery({
    queryKey: ['roles', 'proposals', state, page],
    queryFn: ({ signal }) =>
      read<List<RoleProposal>>(`/roles/proposals${queryText({ state, page, pageSize })}`, signal),
    placeholderData: keepPreviousData,
  });
