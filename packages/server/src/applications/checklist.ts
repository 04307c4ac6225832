import type { CompiledCall, Right, Role, Verdict } from '@keshen/rules';
import type { Answer, ReviewStep, StoredAnswer } from './store-reviews.ts';

/** What a reviewer must judge: asked by a clause, or by a finding that went to a person. */
export type ChecklistItem = {
  key: string;
  clause: { id: string; at: string };
  question: string;
  source: 'clause' | 'finding';
  answer?: Answer;
  note?: string;
  answeredByName?: string;
  /** An answer given before the application was last submitted; it has to be given again. */
  earlier?: { answer: Answer; note: string };
};

/** Who sees the judgements of a step: the reviewers themselves and those who come after them, never those who are judged. */
export const RIGHT_TO_READ: Record<ReviewStep, Right> = {
  organisation: 'application.readOrganisationChecklist',
  department: 'application.readDepartmentChecklist',
  admission: 'application.readAdmissionChecklist',
};

/** Who answers it: whoever takes the step that it belongs to. */
export const RIGHT_TO_ANSWER: Record<ReviewStep, Right> = {
  organisation: 'application.answerOrganisationChecklist',
  department: 'application.answerDepartmentChecklist',
  admission: 'application.answerAdmissionChecklist',
};

const REVIEWERS: Record<ReviewStep, Role> = {
  organisation: 'organisationAdministrator',
  department: 'recommendingDepartment',
  admission: 'programmeOfficer',
};

/**
 * The checklist of a step: the questions of the call's clauses for that role, then the findings addressed to it. Answers count from
 * `since` on, the moment of the last submit.
 */
export function checklistOf(
  step: ReviewStep,
  {
    call,
    verdicts,
    answers,
    since,
  }: { call: CompiledCall; verdicts: readonly Verdict[]; answers: readonly StoredAnswer[]; since: Date | undefined },
): ChecklistItem[] {
  const role = REVIEWERS[step];
  const asked: ChecklistItem[] = call.clauses.flatMap(({ id, at, boundBy }) =>
    boundBy
      .filter((bound) => bound.by === 'review')
      .filter((bound) => bound.role === role)
      .map(({ question }, index) => ({ key: `${id}.${index + 1}`, clause: { id, at }, question, source: 'clause' })),
  );
  const found: ChecklistItem[] = verdicts.flatMap(({ rule, clause, human }) =>
    human?.to === role ? [{ key: `finding.${rule}`, clause, question: human.question, source: 'finding' }] : [],
  );
  return [...asked, ...found].map((item) =>
    withAnswer(
      item,
      answers.find(({ item: key }) => key === item.key),
      since,
    ),
  );
}

function withAnswer(item: ChecklistItem, given: StoredAnswer | undefined, since: Date | undefined): ChecklistItem {
  if (!given) return item;
  const { answer, note, answeredAt, answeredByName } = given;
  return since && answeredAt < since
    ? { ...item, earlier: { answer, note } }
    : { ...item, answer, note, answeredByName };
}
