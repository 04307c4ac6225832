import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { call, type Answer } from '../api/client.ts';
import type { ApplicationSummary } from '../api/types.ts';

/** Takes a step on an application; whatever shows applications is read again afterwards. Pressing twice is one step. */
export function useTakeStep(applicationId: string) {
  const queries = useQueryClient();
  return useCallback(
    async (
      action: string,
      reason?: string,
      platformId?: string,
      clauses?: readonly string[],
    ): Promise<Answer<ApplicationSummary>> => {
      const answer = await call<ApplicationSummary>('POST', `/applications/${applicationId}/steps/${action}`, {
        body: {
          idempotencyKey: crypto.randomUUID(),
          ...(reason ? { reason } : {}),
          ...(platformId ? { platformId } : {}),
          ...(clauses ? { clauses } : {}),
        },
      });
      await Promise.all(
        ['application', 'applications', 'rounds', 'recommendations', 'places'].map((key) =>
          queries.invalidateQueries({ queryKey: key === 'application' ? [key, applicationId] : [key] }),
        ),
      );
      return answer;
    },
    [applicationId, queries],
  );
}
