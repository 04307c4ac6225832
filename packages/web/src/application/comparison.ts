import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryText, read } from '../api/client.ts';

export type TextPart = { kind: 'same' | 'removed' | 'added'; text: string };
export type Change = {
  path: string;
  label: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  before?: string;
  after?: string;
  parts?: TextPart[];
  cells?: { label: string; value: string }[];
};
type ComparedFile = { fileName: string; bytes: number; sha256: string; pages?: number };
export type AttachmentChange = {
  material: string;
  title: string;
  kind: 'added' | 'removed' | 'replaced' | 'facts';
  before?: ComparedFile;
  after?: ComparedFile;
  facts: Change[];
};
export type Version = { version: string; label: string; versionCode?: string; takenAt?: string };
export type Comparison = {
  number: string;
  title: string;
  versions: Version[];
  from: Version;
  to: Version;
  returned?: { by: string; at: string; reason: string };
  identical: boolean;
  sections: { key: string; title: string; changes: Change[] }[];
  attachments: AttachmentChange[];
};

/** Under the application's key, so that a step or a save asks again. */
export const useComparison = (id: string, from: string | undefined, to: string | undefined) =>
  useQuery({
    queryKey: ['application', id, 'compare', from, to],
    queryFn: ({ signal }) => read<Comparison>(`/applications/${id}/compare${queryText({ from, to })}`, signal),
    placeholderData: keepPreviousData,
  });
