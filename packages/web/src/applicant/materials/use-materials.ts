import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { read } from '../../api/client.ts';
import type { Attachment, MaterialsView } from '../../api/types.ts';
import { useOpenApplication } from '../application-context.ts';
import { useAttachments } from './use-attachments.ts';

/** While a file is being looked into. */
const ASK_AGAIN_MS = 1500;

const keyOf = (applicationId: string) => ['application', applicationId, 'materials'];

const isUnsettled = ({ inspection: { state } }: Attachment): boolean =>
  state === 'checking' || state === 'waiting_for_scan';

/** What no longer counts and what is still on its way; brings the files that are shown up to date with their inspection. */
export function useMaterials(): MaterialsView | undefined {
  const { application } = useOpenApplication();
  const change = useAttachments();
  const { data } = useQuery({
    queryKey: keyOf(application.id),
    queryFn: ({ signal }) => read<MaterialsView>(`/applications/${application.id}/materials`, signal),
    refetchInterval: ({ state }) => (state.data?.attachments.some(isUnsettled) ? ASK_AGAIN_MS : false),
  });
  useEffect(() => {
    if (data) change((shown) => brought(shown, data));
  }, [data, change]);
  return data;
}

/** The files shown, as far as they still count, each with what its inspection found. What was told beside them is left alone. */
function brought(shown: Attachment[], { attachments, earlier }: MaterialsView): Attachment[] {
  const found = new Map(attachments.map((file) => [file.id, file]));
  const gone = new Set(earlier.map(({ id }) => id));
  return shown
    .filter(({ id }) => !gone.has(id))
    .map((file) => {
      const now = found.get(file.id);
      return now ? { ...file, inspection: now.inspection, pages: now.pages ?? null } : file;
    });
}

/** To be called after a file came or went. */
export function useRefreshMaterials(): () => Promise<void> {
  const { application } = useOpenApplication();
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: keyOf(application.id) }), [queries, application.id]);
}
