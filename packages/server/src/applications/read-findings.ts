import { type Application, type Facts, may, type RollUp, STEPS, type Verdict } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { readsAs } from './access.ts';
import type { By } from './attempt.ts';
import { RIGHT_TO_READ, type ChecklistItem, checklistOf } from './checklist.ts';
import { judge } from './judge.ts';
import { type Opened, openApplication } from './read-application.ts';
import { numbersInPart, readsInFull } from './shown-to.ts';
import { eventsOf, snapshotsOf } from './store-history.ts';
import { answersOf, type ReviewStep } from './store-reviews.ts';
import { inWords, roleLabel } from './words.ts';

/** What stands in an answer, with people's numbers in part for whoever does not answer for them. */
const shown = <T>(by: By, { row, round }: Opened, application: Application, answer: T): T =>
  readsInFull(by.actor, row) ? answer : numbersInPart(round.compiled.form, application, answer);

/** What the server decides now, were the application submitted at this instant. */
export async function readFindings(
  context: Context,
  by: By,
  id: string,
): Promise<Result<{ verdicts: Verdict[]; rollUp: RollUp; at: string }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  const { verdicts, rollUp, subject } = await judge(context.db, row, round, by.at);
  return ok({ verdicts: shown(by, opened.value, subject.application, verdicts), rollUp, at: subject.at.instant });
}

/** What registers and other applications say, for the evaluation in the browser. */
export async function readFacts(context: Context, by: By, id: string): Promise<Result<Facts>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { subject } = await judge(context.db, opened.value.row, opened.value.round, by.at);
  return ok(shown(by, opened.value, subject.application, subject.facts));
}

export async function readChecklist(
  context: Context,
  by: By,
  { id, step }: { id: string; step: ReviewStep },
): Promise<Result<{ items: ChecklistItem[]; total: number }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const { row, round } = opened.value;
  if (!may(by.actor, RIGHT_TO_READ[step], row)) {
    return refused(403, { code: 'not_for_you', message: '审查要点只供审核人员填写和查看。' });
  }
  const [latest] = await snapshotsOf(context.db, id);
  const { verdicts, subject } = await judge(context.db, row, round, by.at);
  const items = checklistOf(step, {
    call: round.compiled,
    verdicts: shown(by, opened.value, subject.application, verdicts),
    answers: await answersOf(context.db, id, step),
    since: latest?.takenAt,
  });
  return ok({ items, total: items.length });
}

export type EventItem = {
  at: string;
  personName: string;
  role: string;
  action: string;
  label: string;
  outcome: 'done' | 'refused';
  reason?: string;
  /** The number in the log of what was refused, by which its proof is printed. */
  refusal?: number;
  detail: Record<string, unknown>;
};

/** Labels of what is logged beside the steps of the lifecycle table. */
const OTHER_LABELS: Record<string, string> = {
  answerChecklist: '审查判断',
  assignReviewer: '指定审核人',
  markField: '标出修改处',
  writeOpinion: '填写审核意见',
  proposeLockedChange: '提出受理后变更',
  declineLockedChange: '否决受理后变更',
  printApplication: '打印',
  exportApplication: '导出为文件',
  grantCoEditor: '请人一起填写',
  endCoEditor: '取消一起填写',
  revealValue: '查看完整号码',
};

export async function readEvents(
  context: Context,
  by: By,
  id: string,
): Promise<Result<{ items: EventItem[]; total: number }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const call = opened.value.round.compiled;
  const labelOf = (action: string) =>
    inWords(STEPS.find((step) => step.action === action)?.label ?? OTHER_LABELS[action] ?? action, call);
  // What others were refused to look at is for the audit administrator, a reviewer's judgements are not for those who are judged.
  const reviews = readsAs(by.actor, opened.value.row).some((role) => role !== 'applicant');
  const ofReviewers = ['answerChecklist', 'assignReviewer', 'markField', 'writeRemark', 'writeOpinion'];
  const hidden = ['readApplication', 'writeNote', ...(reviews ? [] : ofReviewers)];
  const events = (await eventsOf(context.db, id)).filter(({ action }) => !hidden.includes(action));
  const items = events.map(({ id, at, personName, role, action, outcome, detail }) => {
    const reason = detail['reason'] ?? (outcome === 'refused' ? detail['message'] : undefined);
    return {
      at: at.toISOString(),
      personName: personName ?? '系统',
      role: roleLabel(role, call),
      action,
      label: labelOf(action),
      outcome,
      ...(typeof reason === 'string' && { reason }),
      ...(outcome === 'refused' && { refusal: id }),
      detail,
    };
  });
  return ok({ items, total: items.length });
}
