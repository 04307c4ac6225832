import type { CompiledCall } from '@keshen/rules';
import type { ApplicationRow } from './store.ts';
import { type EventRow, textIn } from './store-history.ts';

/** How the formal review ended: for what is not admitted with the reason and the clauses it rests on. */
export type AdmissionResult = {
  admitted: boolean;
  by: string;
  at: string;
  reason?: string;
  clauses: { id: string; at: string; text: string }[];
};

/** The result in force; undefined before it and after it was taken back. */
export function admissionOf(
  { state }: Pick<ApplicationRow, 'state'>,
  events: readonly EventRow[],
  { clauses }: Pick<CompiledCall, 'clauses'>,
): AdmissionResult | undefined {
  if (state !== 'admitted' && state !== 'not_admitted') return undefined;
  const action = state === 'admitted' ? 'admit' : 'refuseAdmission';
  const event = events.findLast((one) => one.action === action && one.outcome === 'done');
  if (!event) return undefined;
  const named = event.detail['clauses'];
  const reason = textIn(event.detail, 'reason');
  return {
    admitted: state === 'admitted',
    by: event.personName ?? '',
    at: event.at.toISOString(),
    ...(reason && { reason }),
    clauses: clauses
      .filter(({ id }) => Array.isArray(named) && named.includes(id))
      .map(({ id, at, text }) => ({ id, at, text })),
  };
}
