import { dateOfInstant } from '@keshen/rules';
import { attempt, type By, eventBy } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { addConfirmedPlatform } from '../../registry/index.ts';
import { alreadyDecided, noSuchPlatform } from './request-platform.ts';
import * as store from './store.ts';

export type PlatformDecision = {
  id: string;
  decision: 'confirmed' | 'declined';
  note: string;
  departmentIds: readonly string[];
};

/** The department confirms, and from then on the platform stands in the register that bonus places and rules look at. */
export const decidePlatform = (
  context: Context,
  by: By,
  { id, decision, note: given, departmentIds }: PlatformDecision,
): Promise<Result<store.PlatformRow>> => {
  const note = given.trim();
  const action = decision === 'confirmed' ? 'confirmPlatform' : 'declinePlatform';
  return attempt(context, by, { action, subject: { kind: 'hostedPlatform', id } }, async (trx) => {
    const platform = await store.lockPlatform(trx, id);
    if (!platform || !departmentIds.includes(platform.departmentId)) return noSuchPlatform();
    if (platform.decision) return alreadyDecided(platform.decision);
    if (decision === 'declined' && !note) {
      return refused(422, {
        code: 'reason_needed',
        message: '没有写明不确认的理由。',
        where: 'reason',
        remedy: '请写明理由，单位会看到。',
      });
    }
    await store.decidePlatform(trx, id, {
      decision,
      decisionNote: note || null,
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    const { authorityId, uscc, kind, name, number, ongoingCooperation, organisationId } = platform;
    if (decision === 'confirmed') {
      await addConfirmedPlatform(trx, {
        authorityId,
        hostedPlatformId: id,
        source: `${platform.departmentName}确认`,
        asOf: dateOfInstant(by.at.getTime()),
        platform: { id: number || id, uscc, kind, name, confirmed: true, ongoingCooperation },
      });
    }
    await context.log(trx, {
      ...eventBy(by, { action, subject: { kind: 'organisation', id: organisationId } }, 'recommendingDepartment'),
      outcome: 'done',
      detail: { platform: id, name, ...(note && { note }) },
    });
    const decided = await store.findPlatform(trx, id);
    return decided ? ok(decided) : noSuchPlatform();
  });
};
