import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PaperStanding } from '@keshen/rules';
import { queryText, read } from '../api/client.ts';

export type PaperDelivery = {
  id: string;
  copies: number;
  versionCode: string;
  broughtBy: string;
  receivedAt: string;
  outcome: 'accepted' | 'incomplete' | 'late' | 'refused';
  told: string;
  receiptCode: string;
  registeredBy: string;
  voidedAt: string | null;
  voidReason: string | null;
};
export type Bringer = 'applicant' | 'organisation' | 'recommendingDepartment';
export type PaperDuty = {
  kind: 'application' | 'list';
  id: string;
  roundId: string;
  number: string;
  title: string;
  organisationName: string | null;
  departmentName: string;
  versionCode: string;
  paper: string;
  paperTitle: string;
  clause: string;
  copies: number;
  held: number;
  missing: number;
  how: string;
  from: string;
  by: Bringer;
  seals: { key: string; label: string }[];
  due: string;
  startsAt: 'feasibilityPassed' | 'award' | null;
  startedOn: string | null;
  online: boolean;
  standing: PaperStanding;
  standingLabel: string;
  deliveries: PaperDelivery[];
};
export type Papers = {
  items: PaperDuty[];
  total: number;
  counts: Partial<Record<PaperStanding, number>>;
  papers: { key: string; title: string }[];
  call: { title: string; recommendingDepartment: string; mode: 'live' | 'rehearsal' };
  asked: boolean;
  desk: boolean;
  starts: boolean;
};
export type Scanned = Pick<
  PaperDuty,
  'kind' | 'id' | 'roundId' | 'number' | 'title' | 'organisationName' | 'departmentName'
> & { version: 'current' | 'superseded' | 'draft'; scanned: string; duties: PaperDuty[] };

export type PaperFilter = { q: string; standing: string; paper: string };

export const usePapers = (roundId: string, filter: PaperFilter & { page: number; pageSize: number }) =>
  useQuery({
    queryKey: ['papers', roundId, filter],
    queryFn: ({ signal }) => read<Papers>(`/rounds/${roundId}/papers${queryText(filter)}`, signal),
    placeholderData: keepPreviousData,
  });

export const usePapersOfApplication = (id: string) =>
  useQuery({
    queryKey: ['papers', 'application', id],
    queryFn: ({ signal }) => read<{ items: PaperDuty[] }>(`/applications/${id}/papers`, signal),
  });
