import { attempt, type By, eventBy, lockApplication, mayRead, noSuchApplication } from '../applications/index.ts';
import { type ReviewStep, reviewStepsOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { insertNote, putOpinion } from './store.ts';

/** `opinion` is formal and printed on the opinion page; `note` is for the reviewers of the same step alone. */
export type Remark = { applicationId: string; step: ReviewStep; kind: 'opinion' | 'note'; text: string };

/** A reviewer writes the step's opinion, or leaves a note to the others who review it. */
export const writeRemark = (context: Context, by: By, remark: Remark): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'writeRemark', applicationId: remark.applicationId }, async (trx) => {
    const { applicationId, step, kind } = remark;
    const row = await lockApplication(trx, applicationId);
    if (!row || !mayRead(by.actor, row)) return noSuchApplication();
    const steps = reviewStepsOf(by.actor, row, step);
    const open = kind === 'note' || steps.some(({ from }) => from.includes(row.state));
    if (steps.length === 0 || !open || (kind === 'opinion' && step === 'admission')) {
      return refused(403, {
        code: 'not_your_step',
        message: steps.length === 0 ? '审核意见由办理这一步的审核人员填写。' : '这一步已经办结，审核意见不能再改。',
      });
    }
    const text = remark.text.trim();
    if (kind === 'note' && text === '') {
      return refused(422, {
        code: 'text_missing',
        message: '没有写内容。',
        where: 'text',
        remedy: '请写下要留给同事的话。',
      });
    }
    const written = { applicationId, text, writtenBy: by.actor.personId, writtenAt: by.at };
    if (kind === 'note') await insertNote(trx, { ...written, step });
    else if (step !== 'admission') await putOpinion(trx, { ...written, step });
    await context.log(trx, {
      ...eventBy(by, { action: kind === 'note' ? 'writeNote' : 'writeOpinion', applicationId }, steps[0]?.role),
      outcome: 'done',
      detail: { step },
    });
    return ok(undefined);
  });
