import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ApplicationDetail, Attachment } from '../../api/types.ts';
import { useOpenApplication } from '../application-context.ts';

/** Changes the attachments that are shown without reading the whole application again. */
export function useAttachments() {
  const { application } = useOpenApplication();
  const queries = useQueryClient();
  return useCallback(
    (change: (attachments: Attachment[]) => Attachment[]) =>
      queries.setQueryData<ApplicationDetail>(
        ['application', application.id],
        (before) => before && { ...before, attachments: change(before.attachments) },
      ),
    [queries, application.id],
  );
}
