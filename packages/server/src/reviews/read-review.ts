import { assigneeOf, type By, openApplication, opinionTextsOf, type ReviewStep } from '../applications/index.ts';
import { reviewStepsOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { candidatesFor } from './assign-reviewer.ts';
import { notesOf, type Reviewer } from './store.ts';

/** What the reviewers of a step have beside the checklist: who reviews, the opinion, what they told each other. */
export type ReviewDesk = {
  signOff: boolean;
  assignee?: { personId: string; name: string };
  candidates: Reviewer[];
  opinion?: { text: string; by: string; at: string };
  notes: { id: string; text: string; by: string; at: string }[];
};

export async function readReview(
  context: Context,
  by: By,
  { id, step }: { id: string; step: ReviewStep },
): Promise<Result<ReviewDesk>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row } = opened.value;
  if (reviewStepsOf(by.actor, row, step).length === 0) {
    return refused(403, { code: 'not_for_you', message: '审核人员的内部意见只供办理这一步的人员查看。' });
  }
  const { db } = context;
  const assignee = await assigneeOf(db, id, step);
  const opinion = (await opinionTextsOf(db, id)).find((one) => one.step === step);
  return ok({
    signOff: step === 'organisation' ? row.organisationSignOff : step === 'department' && row.departmentSignOff,
    ...(assignee && { assignee }),
    candidates: await candidatesFor(db, row, step),
    ...(opinion && {
      opinion: { text: opinion.text, by: opinion.writtenByName, at: opinion.writtenAt.toISOString() },
    }),
    notes: (await notesOf(db, id, step)).map(({ id: note, text, writtenByName, writtenAt }) => ({
      id: note,
      text,
      by: writtenByName,
      at: writtenAt.toISOString(),
    })),
  });
}
