import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NoticeKind, NoticeMode } from '@keshen/rules';
import { queryText, read } from '../api/client.ts';

export type NoticeLine = {
  id: string;
  kind: NoticeKind;
  kindLabel: string;
  title: string;
  facts: { label: string; value: string }[];
  toDo: string;
  link: string;
  rehearsal: boolean;
  madeAt: string;
  readAt?: string;
};
export type Notices = { items: NoticeLine[]; total: number; unread: number };
export type NoticeFilter = { q: string; kind: string; unread: string };

export type Channel = 'mail' | 'sms';
export type Preferences = {
  kinds: {
    kind: NoticeKind;
    label: string;
    help: string;
    locked: boolean;
    modes: Record<'system' | Channel, NoticeMode>;
  }[];
  channels: Record<Channel, boolean>;
  addresses: Partial<Record<Channel, { shown: string; state: 'waiting' | 'confirmed' | 'bad'; problem?: string }>>;
  quiet: { from: string; to: string };
  digestAt: string;
};

export type OutboxState = 'queued' | 'sending' | 'failed' | 'sent' | 'gathering' | 'gathered' | 'dropped';
export type OutboxLine = {
  id: string;
  channel: Channel;
  about: string;
  state: OutboxState;
  personName: string;
  login: string;
  attempts: number;
  unsure: boolean;
  problem?: string;
  madeAt: string;
  notBefore: string;
  sentAt?: string;
};
export type Outbox = {
  items: OutboxLine[];
  total: number;
  counts: Partial<Record<OutboxState, number>>;
  channels: Record<Channel, boolean>;
  stuck: { event: number; action: string; queuedAt: string; problem: string }[];
};

const EVERY_MS = 30_000;

/** How much is unread, asked again while the page is in view and whenever it comes back into view. */
export const useUnread = () =>
  useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => read<{ unread: number }>('/notices/unread', signal),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: 'always',
  });

export const useNotices = (filter: NoticeFilter, page: number, pageSize: number) =>
  useQuery({
    queryKey: ['notices', 'list', filter, page],
    queryFn: ({ signal }) => read<Notices>(`/notices${queryText({ ...filter, page, pageSize })}`, signal),
    placeholderData: keepPreviousData,
  });

const PREFERENCES = ['notices', 'preferences'];
export const usePreferences = () =>
  useQuery({
    queryKey: PREFERENCES,
    queryFn: ({ signal }) => read<Preferences>('/notices/preferences', signal),
    // Whoever confirms an address in another window comes back here.
    refetchOnWindowFocus: 'always',
  });

/** Every change answers with all preferences as they are then. */
export function useTakePreferences(): (preferences: Preferences) => void {
  const queries = useQueryClient();
  return (preferences) => queries.setQueryData(PREFERENCES, preferences);
}

export const useOutbox = (filter: { q: string; state: string; channel: string }, page: number, pageSize: number) =>
  useQuery({
    queryKey: ['outbox', filter, page],
    queryFn: ({ signal }) => read<Outbox>(`/outbox${queryText({ ...filter, page, pageSize })}`, signal),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
