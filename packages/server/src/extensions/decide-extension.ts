import { officialInstant } from '@keshen/rules';
import { attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { isOfficerOf } from './propose-extension.ts';
import * as store from './store.ts';

export type Decision = { id: string; decision: 'approved' | 'declined'; note: string };

/** A second programme officer approves or declines; whoever proposed it cannot. */
export const decideExtension = (
  context: Context,
  by: By,
  { id, decision, note }: Decision,
): Promise<Result<store.ExtensionRow>> =>
  attempt(context, by, { action: 'decideExtension', subject: { kind: 'extension', id } }, async (trx) => {
    const found = await store.lockExtension(trx, id);
    if (!found || !isOfficerOf(by, found.authorityId)) {
      return refused(404, { code: 'not_found', message: '没有这份延期申请。' });
    }
    if (found.proposedBy === by.actor.personId) {
      return refused(403, {
        code: 'same_person',
        message: '延期须由两个人办理：这份延期是您提出的，不能由您批准或者否决。',
        remedy: '请由业务处室的另一位人员办理。',
      });
    }
    if (found.decision) {
      return refused(409, {
        code: 'already_decided',
        message: `这份延期已由${found.decidedByName}${found.decision === 'approved' ? '批准' : '否决'}。`,
        remedy: '请刷新页面。需要改变的，请另提一份。',
      });
    }
    if (decision === 'approved' && found.until <= by.at) {
      return refused(409, {
        code: 'over_already',
        message: `延期的截止${officialInstant(found.until.getTime())}已经过去，不能再批准。`,
        remedy: '请否决它，另提一份更晚的。',
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
    await store.decide(trx, id, {
      decision,
      decisionNote: note.trim(),
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(
        by,
        {
          action: decision === 'approved' ? 'approveExtension' : 'declineExtension',
          subject: { kind: 'round', id: found.roundId },
        },
        'programmeOfficer',
      ),
      outcome: 'done',
      detail: {
        extension: id,
        stage: found.stage,
        until: found.until.toISOString(),
        for: found.forWhom,
        proposedBy: found.proposedBy,
        note: note.trim(),
      },
    });
    return ok(await store.getExtension(trx, id));
  });
