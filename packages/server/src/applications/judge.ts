import { evaluate, isoInstant, type RollUp, rollUp, type Subject, type Verdict } from '@keshen/rules';
import type { LoadedRound } from '../calls/index.ts';
import type { Db, FindingKind } from '../platform/db/schema.ts';
import { type Attachment, materialsOf } from './content.ts';
import { gatherFacts } from './gather-facts.ts';
import { applicationContentOf, type ApplicationRow, attachmentsOf } from './store.ts';

/** What the rules say of an application as it is stored, at one instant. */
export type Judgement = {
  subject: Subject;
  attachments: Attachment[];
  verdicts: Verdict[];
  rollUp: RollUp;
};

/** The stored application as the rules see it. In a rehearsal the instant counts as the corresponding one of the notice. */
export async function subjectOf(
  db: Db,
  row: ApplicationRow,
  round: LoadedRound,
  at: Date,
): Promise<Pick<Judgement, 'subject' | 'attachments'>> {
  const application = await applicationContentOf(db, row.id);
  const attachments = await attachmentsOf(db, row.id);
  const date = round.asOf(at);
  const subject: Subject = {
    application,
    materials: materialsOf(attachments),
    facts: await gatherFacts(db, row, application, date),
    at: { instant: isoInstant(round.noticeInstant(at).getTime()), date },
  };
  return { subject, attachments };
}

/** Evaluates the stored application. */
export async function judge(db: Db, row: ApplicationRow, round: LoadedRound, at: Date): Promise<Judgement> {
  const { subject, attachments } = await subjectOf(db, row, round, at);
  const verdicts = evaluate(round.linkedAt(at), subject);
  return { subject, attachments, verdicts, rollUp: rollUp(verdicts) };
}

/** The findings that keep an application from going on: what is broken, what is missing, what is not explained. */
export const standingInTheWay = (verdicts: readonly Verdict[]): Verdict[] =>
  verdicts.filter(
    ({ severity, outcome, explanation }) =>
      severity !== 'hint' &&
      (outcome === 'unknown' || (outcome === 'fail' && (severity === 'block' || explanation?.given === false))),
  );

/** What kinds of findings there are besides what is met, as reviewers look for them. */
export function findingKindsOf(verdicts: readonly Verdict[]): FindingKind[] {
  const kinds = verdicts.flatMap(({ outcome, severity, explanation }): FindingKind[] => {
    if (outcome === 'needs_human') return ['person'];
    if (severity === 'hint') return [];
    if (outcome === 'unknown') return ['unknown'];
    if (outcome !== 'fail') return [];
    return [explanation?.given ? 'explained' : 'against'];
  });
  return [...new Set(kinds)];
}
