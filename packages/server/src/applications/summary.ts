import { type Action, may, rightTo, type State, type Step, STEPS, timedAs } from '@keshen/rules';
import { type LoadedRound, windowVerdict } from '../calls/index.ts';
import type { Actor } from '../platform/db/actors.ts';
import type { FindingKind } from '../platform/db/schema.ts';
import { hasPlace } from './review-checks.ts';
import type { ApplicationRow } from './store.ts';
import { inWords, stateLabel } from './words.ts';

/** A step somebody could take now; where the time for it is not now, `why` says so. */
export type OpenStep = {
  action: string;
  label: string;
  needsReason: boolean;
  needsClause: boolean;
  open: boolean;
  why?: string;
};

export type ApplicationSummary = {
  id: string;
  number: string;
  roundId: string;
  callTitle: string;
  mode: 'live' | 'rehearsal';
  title: string;
  topic: string | null;
  state: State;
  stateLabel: string;
  organisationId: string;
  organisationName: string;
  departmentId: string;
  departmentName: string;
  applicantName: string;
  versionCode?: string;
  submittedAt?: string;
  updatedAt: string;
  /** What kinds of findings the rules had when it last took a step. */
  findings: FindingKind[];
  steps: OpenStep[];
};

/** Taken by pressing a button; writing, attaching and delivering a whole list have ways of their own. */
export const BUTTON_STEPS = (STEPS as readonly (Step & { action: Action })[]).filter(
  ({ action, from }) =>
    from.length > 0 && !['saveSection', 'attach', 'deliver', 'changeAfterAdmission'].includes(action),
);

export function summaryOf(row: ApplicationRow, round: LoadedRound, actor: Actor, at: Date): ApplicationSummary {
  const { versionCode, submittedAt } = row;
  return {
    id: row.id,
    number: row.number,
    roundId: row.roundId,
    callTitle: round.compiled.title,
    mode: row.mode,
    title: row.title,
    topic: row.topic,
    state: row.state,
    stateLabel: stateLabel(row.state, round.compiled),
    organisationId: row.organisationId,
    organisationName: row.organisationName,
    departmentId: row.departmentId,
    departmentName: row.departmentName,
    applicantName: row.applicantName,
    ...(versionCode && { versionCode }),
    ...(submittedAt && { submittedAt: submittedAt.toISOString() }),
    updatedAt: row.updatedAt.toISOString(),
    findings: row.findingKinds,
    steps: stepsOf(row, round, actor, at),
  };
}

/** What the person could do by the tables and by the call; what the call does not arrange at all is no step. */
function stepsOf(row: ApplicationRow, round: LoadedRound, actor: Actor, at: Date): OpenStep[] {
  return BUTTON_STEPS.filter((step) => hasPlace(row, step) && may(actor, rightTo(step.action), row)).flatMap((step) => {
    const verdict = step.checks.includes('window') ? windowVerdict(round, timedAs(step.action), at, row) : undefined;
    if (verdict && !verdict.ok && verdict.refusal.code === 'no_such_step') return [];
    return {
      action: step.action,
      label: inWords(step.label, round.compiled),
      needsReason: step.checks.includes('reasonGiven'),
      needsClause: step.checks.includes('clauseNamed'),
      open: verdict?.ok ?? true,
      ...(verdict && !verdict.ok && { why: verdict.refusal.message }),
    };
  });
}

/** Whether the window of an action is open, and if not, why. */
export function openness(
  round: LoadedRound,
  row: ApplicationRow,
  action: string,
  at: Date,
): { open: boolean; why?: string } {
  const verdict = windowVerdict(round, action, at, row);
  return verdict.ok ? { open: true } : { open: false, why: verdict.refusal.message };
}
