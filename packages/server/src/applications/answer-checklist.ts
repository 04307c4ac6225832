import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { mayRead } from './access.ts';
import { attempt, type By, eventBy, noSuchApplication } from './attempt.ts';
import { checklistOf } from './checklist.ts';
import { judge } from './judge.ts';
import { reviewStepsOf } from './review-rights.ts';
import { lockApplication } from './store.ts';
import { type Answer, answersOf, putAnswer, type ReviewStep } from './store-reviews.ts';
import { stateLabel } from './words.ts';

export type ChecklistAnswer = { id: string; step: ReviewStep; key: string; answer: Answer; note: string };

/** Keeps a reviewer's judgement of one item. "否" says why. */
export const answerChecklist = (
  context: Context,
  by: By,
  { id, step, key, answer, note }: ChecklistAnswer,
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'answerChecklist', applicationId: id }, async (trx) => {
    const row = await lockApplication(trx, id);
    const round = row && (await loadRound({ db: trx, reference: context.reference }, row.roundId));
    if (!row || !round || !mayRead(by.actor, row)) return noSuchApplication();
    const steps = reviewStepsOf(by.actor, row, step);
    if (steps.length === 0) {
      return refused(403, { code: 'not_your_step', message: '审查要点由办理这一步的审核人员填写。' });
    }
    const taken = steps.find(({ from }) => from.includes(row.state));
    if (!taken) {
      return refused(409, {
        code: 'wrong_state',
        message: `这份申报现在是“${stateLabel(row.state, round.compiled)}”，审查要点不能再改。`,
        current: { state: row.state },
      });
    }
    const { verdicts } = await judge(trx, row, round, by.at);
    const answers = await answersOf(trx, id, step);
    const items = checklistOf(step, { call: round.compiled, verdicts, answers, since: undefined });
    const item = items.find((candidate) => candidate.key === key);
    if (!item) {
      return refused(404, { code: 'no_such_item', message: '没有这条审查要点。', remedy: '请刷新页面。', where: key });
    }
    if (answer === 'no' && note.trim() === '') {
      return refused(422, {
        code: 'note_missing',
        message: '判断为“否”的，须写明情况。',
        where: 'note',
        remedy: '请写明哪里不符合，退回时可以引用。',
      });
    }
    await putAnswer(trx, {
      applicationId: id,
      step,
      item: key,
      answer,
      note: note.trim(),
      answeredBy: by.actor.personId,
      answeredAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, { action: 'answerChecklist', applicationId: id }, taken.role),
      outcome: 'done',
      detail: { step, item: key, answer },
    });
    return ok(undefined);
  });
