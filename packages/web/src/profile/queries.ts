import type { FormField } from '@keshen/rules';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryText, read } from '../api/client.ts';
import type { List } from '../api/types.ts';

export type ProfileData = Record<string, string | number | boolean>;
export type ProfileState = 'none' | 'waiting' | 'changed' | 'confirmed' | 'returned';
export type Profile = {
  name: string;
  fields: FormField[];
  revision: number;
  data: ProfileData;
  savedAt: string | null;
  missing: string[];
  retirement?: string;
  organisations: { id: string; name: string; state: ProfileState; note: string; decidedAt: string | null }[];
};
export type OwnProfile = Profile & {
  offers: { id: string; organisationName: string; offeredByName: string; offeredAt: string; expiresAt: string }[];
};
export type ProfileLine = {
  id: string;
  name: string;
  login: string;
  savedAt: string | null;
  decidedAt: string | null;
  state: ProfileState;
};
export type OfferLine = {
  id: string;
  personName: string;
  offeredAt: string;
  expiresAt: string;
  state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired';
};

export const useOwnProfile = () =>
  useQuery({ queryKey: ['profile'], queryFn: ({ signal }) => read<OwnProfile>('/profile', signal) });

export const useProfiles = (filter: { q: string; state: string }, page: number, pageSize: number) =>
  useQuery({
    queryKey: ['profiles', filter, page],
    queryFn: ({ signal }) =>
      read<List<ProfileLine>>(`/organisation/profiles${queryText({ ...filter, page, pageSize })}`, signal),
    placeholderData: keepPreviousData,
  });

export const useMemberProfile = (id: string) =>
  useQuery({
    queryKey: ['profiles', id],
    queryFn: ({ signal }) => read<Profile & { login: string }>(`/organisation/profiles/${id}`, signal),
  });

export const useOffers = () =>
  useQuery({
    queryKey: ['profiles', 'offers'],
    queryFn: ({ signal }) => read<List<OfferLine>>('/organisation/offers', signal),
  });
