import { attempt, type By, eventBy } from '../applications/index.ts';
import { findOrganisation, reaches, reachOf } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { reasonMissing } from './reveal-value.ts';

/** The phone of an organisation's contact in full, for whoever may see the organisation and says why. Each look is logged. */
export const revealPhone = (
  context: Context,
  by: By,
  { id, reason }: { id: string; reason: string },
): Promise<Result<{ value: string }>> => {
  const what = { action: 'revealValue', subject: { kind: 'organisation', id } };
  return attempt(context, by, what, async (trx) => {
    const organisation = await findOrganisation(trx, id);
    if (!organisation || !reaches(reachOf(by.actor), organisation)) {
      return refused(404, { code: 'not_found', message: '没有这家单位，或者它不归您管理。' });
    }
    const missing = reasonMissing(reason);
    if (missing) return missing;
    await context.log(trx, {
      ...eventBy(by, what),
      outcome: 'done',
      detail: { path: 'contactPhone', reason: reason.trim() },
    });
    return ok({ value: organisation.contactPhone });
  });
};
