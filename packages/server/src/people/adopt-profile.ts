import type { Trx } from '../platform/db/schema.ts';
import type { ProfileData } from './profile-fields.ts';
import * as store from './store.ts';

/** A profile that is confirmed from the beginning: for the people of a demonstration. What is there already stays. */
export async function adoptProfile(
  trx: Trx,
  given: { personId: string; organisationId: string; data: ProfileData; confirmedBy: string; at: Date },
): Promise<void> {
  const { personId, organisationId, data, confirmedBy, at } = given;
  if (await store.findProfile(trx, personId)) return;
  await store.putProfile(trx, personId, { revision: 1, data, savedAt: at });
  await store.putConfirmation(trx, {
    personId,
    organisationId,
    revision: 1,
    decision: 'confirmed',
    note: '',
    decidedBy: confirmedBy,
    decidedAt: at,
  });
}
