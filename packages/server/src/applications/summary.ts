import { type Action, type State, type Step, STEPS } from '@keshen/rules';
import { type LoadedRound, windowVerdict } from '../calls/index.ts';
import type { Actor } from '../platform/db/actors.ts';
import { grantToTake } from './access.ts';
import type { ApplicationRow } from './store.ts';
import { inWords, stateLabel } from './words.ts';

/** A step somebody could take now; where the time for it is not now, `why` says so. */
export type OpenStep = { action: string; label: string; needsReason: boolean; open: boolean; why?: string };

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
  steps: OpenStep[];
};

/** Taken by pressing a button; writing, attaching and delivering a whole list have ways of their own. */
export const BUTTON_STEPS = (STEPS as readonly (Step & { action: Action })[]).filter(
  ({ action, from }) => from.length > 0 && !['saveSection', 'attach', 'deliver'].includes(action),
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
    steps: BUTTON_STEPS.filter(
      (step) => step.from.includes(row.state) && grantToTake(actor, row, step) !== undefined,
    ).map((step) => ({
      action: step.action,
      label: inWords(step.label, round.compiled),
      needsReason: step.checks.includes('reasonGiven'),
      ...openness(round, row, step.action, at),
    })),
  };
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
