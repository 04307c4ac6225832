import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryText, read } from '../api/client.ts';
import type { List } from '../api/types.ts';

export type LogFilter = {
  person: string;
  action: string;
  outcome: string;
  subjectId: string;
  /** ISO instants, `to` exclusive. */
  from: string;
  to: string;
};

export type LogLine = {
  id: number;
  at: string;
  personName: string | null;
  login: string | null;
  role: string;
  action: string;
  label: string;
  outcome: 'done' | 'refused';
  subject: string;
  applicationNumber: string | null;
  detail: Record<string, unknown>;
  address: string | null;
  requestId: string | null;
  hash: string;
};

export type Root = {
  ordinal: number;
  madeAt: string;
  firstEvent: number;
  lastEvent: number;
  hash: string;
  authority?: string;
  stampedAt?: string;
};

export type Verification = {
  events: number;
  chains: number;
  broken: { event: number; chain: string; at: string; why: 'link' | 'content' }[];
  roots: {
    roots: number;
    stamped: number;
    covered: number;
    faults: { root: number; madeAt: string; why: string; event?: number }[];
  };
};

export const useLog = (filter: LogFilter, page: number, pageSize: number) =>
  useQuery({
    queryKey: ['audit', 'events', filter, page],
    queryFn: ({ signal }) => read<List<LogLine>>(`/audit/events${queryText({ ...filter, page, pageSize })}`, signal),
    placeholderData: keepPreviousData,
  });

export const useActions = () =>
  useQuery({
    queryKey: ['audit', 'words'],
    queryFn: ({ signal }) => read<{ actions: { action: string; label: string }[] }>('/audit/words', signal),
    staleTime: Infinity,
  });

export const useRoots = () =>
  useQuery({ queryKey: ['audit', 'roots'], queryFn: ({ signal }) => read<List<Root>>('/audit/roots', signal) });
