import { useQuery } from '@tanstack/react-query';
import { read } from '../api/client.ts';
import type { List } from '../api/types.ts';
import { Tag } from '../kit/index.ts';

export type DataRequest = {
  id: string;
  personName: string;
  login: string;
  kind: 'correction' | 'erasure';
  text: string;
  name: string | null;
  askedAt: string;
  decision: 'done' | 'refused' | null;
  answer: string;
  decidedByName: string | null;
  decidedAt: string | null;
};

export const KINDS = { correction: '更正', erasure: '注销账号、删除个人信息' } as const;

export const RequestTag = ({ decision }: Pick<DataRequest, 'decision'>) =>
  decision === null ? (
    <Tag tone="wait">待办理</Tag>
  ) : decision === 'done' ? (
    <Tag tone="good">已办</Tag>
  ) : (
    <Tag tone="bad">不予办理</Tag>
  );

export const useRequests = (path: '/me/requests' | '/data-requests') =>
  useQuery({ queryKey: ['data-requests', path], queryFn: ({ signal }) => read<List<DataRequest>>(path, signal) });
