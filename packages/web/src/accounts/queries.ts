import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';

export type SecondFactor = { enrolledAt: string | null; recoveryCodesLeft: number; required: boolean };
export type SessionLine = {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  address: string;
  device: string;
  current: boolean;
};
export type LinkedIdentity = { id: string; issuer: string; linkedAt: string; lastUsedAt: string | null };

export const useSecondFactor = () =>
  useQuery({
    queryKey: ['security', 'second-factor'],
    queryFn: ({ signal }) => read<SecondFactor>('/session/second-factor', signal),
  });

export const useSessions = () =>
  useQuery({
    queryKey: ['security', 'sessions'],
    queryFn: ({ signal }) => read<{ items: SessionLine[] }>('/session/sessions', signal),
  });

/** What the identity provider is called; null where none is configured. */
export const useProviderName = () =>
  useQuery({
    queryKey: ['single-sign-on'],
    queryFn: ({ signal }) => read<{ name: string | null }>('/session/single-sign-on', signal),
    staleTime: Infinity,
  });

export const useIdentities = () =>
  useQuery({
    queryKey: ['security', 'identities'],
    queryFn: ({ signal }) => read<{ items: LinkedIdentity[] }>('/session/identities', signal),
  });
