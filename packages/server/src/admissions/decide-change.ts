import { grantFor, stepOf } from '@keshen/rules';
import { attempt, type By, eventBy, findApplication, takeStepIn } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { decideChange, lockChange } from './store.ts';

export type ChangeDecision = { id: string; decision: 'approved' | 'declined'; note: string };

const STEP = stepOf('changeAfterAdmission');

/** A second programme officer approves, which is a step of the lifecycle table, or declines with a reason. */
export const decideLockedChange = (
  context: Context,
  by: By,
  { id, decision, note }: ChangeDecision,
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'decideLockedChange', subject: { kind: 'lockedChange', id } }, async (trx) => {
    const change = await lockChange(trx, id);
    const row = change && (await findApplication(trx, change.applicationId));
    if (!change || !row || !grantFor(by.actor, 'application.changeAfterAdmission', row)) {
      return refused(404, { code: 'not_found', message: '没有这份变更申请。' });
    }
    if (change.decision) {
      return refused(409, {
        code: 'already_decided',
        message: `这份变更已由${change.decidedByName}${change.decision === 'approved' ? '批准' : '否决'}。`,
        remedy: '请刷新页面。需要改变的，请另提一份。',
      });
    }
    if (change.proposedBy === by.actor.personId) {
      return refused(403, {
        code: 'same_person',
        message: '变更须由两个人办理：这项变更是您提出的，不能由您批准或者否决。',
        remedy: '请由业务处室的另一位人员办理。',
      });
    }
    if (decision === 'declined' && note.trim() === '') {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写否决的理由。',
        where: 'note',
        remedy: '请写明理由。',
      });
    }
    const { applicationId, field, after, reason, proposedBy } = change;
    if (decision === 'approved') {
      const taken = await takeStepIn(trx, context, by, {
        applicationId,
        action: 'changeAfterAdmission',
        reason,
        change: { field, after, proposedBy },
      });
      if (!taken.ok) return taken;
    } else {
      await context.log(trx, {
        ...eventBy(by, { action: 'declineLockedChange', applicationId }, STEP.role),
        outcome: 'done',
        detail: { field, after, reason: note.trim() },
      });
    }
    await decideChange(trx, id, {
      decision,
      decisionNote: note.trim(),
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    return ok(undefined);
  });
