import type { Actor } from '../../platform/db/actors.ts';
import type { Db } from '../../platform/db/schema.ts';
import * as store from './store.ts';

export type SecondFactorState = { enrolledAt: Date | null; recoveryCodesLeft: number; required: boolean };

/** What the person's own page shows. `required`: nothing else is possible before it is enrolled. */
export async function readSecondFactor(db: Db, actor: Actor): Promise<SecondFactorState> {
  const enrolledAt = await store.enrolledAt(db, actor.personId);
  return {
    enrolledAt,
    recoveryCodesLeft: enrolledAt ? await store.countRecoveryCodes(db, actor.personId) : 0,
    required: actor.mustEnrolSecondFactor,
  };
}
