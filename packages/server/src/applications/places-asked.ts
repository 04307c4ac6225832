import type { PlacesAsked } from '../quotas/index.ts';
import type { Situation } from './situation.ts';

/** The places that a step asks for. */
export async function placesAsked({ row, round, context, request, by, judgement }: Situation): Promise<PlacesAsked> {
  return {
    applicationId: row.id,
    round,
    reference: context.reference,
    moment: request.action === 'recommend' ? 'recommend' : 'submit',
    subject: (await judgement()).subject,
    at: by.at,
    ...(request.platformId !== undefined && { platformId: request.platformId }),
  };
}
