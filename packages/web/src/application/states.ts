import { STATES, type State } from '@keshen/rules';
import type { Tone } from '../kit/index.ts';

const TONES: Record<State, Tone> = {
  draft: 'plain',
  with_organisation: 'accent',
  checked_by_organisation: 'accent',
  returned_by_organisation: 'wait',
  with_department: 'accent',
  reviewed_by_department: 'accent',
  returned_by_department: 'wait',
  recommended: 'good',
  delivered: 'good',
  admitted: 'good',
  not_admitted: 'bad',
  not_recommended: 'bad',
  withdrawn: 'plain',
};

export const toneOf = (state: string): Tone => new Map<string, Tone>(Object.entries(TONES)).get(state) ?? 'plain';

/** The states as choices of a filter, in the words of the call. */
export const stateOptions = (states: readonly State[], words: Record<string, string> | undefined) =>
  states.map((state) => ({
    value: state,
    label: STATES[state].label.replace('{recommendingDepartment}', words?.['recommendingDepartment'] ?? '推荐部门'),
  }));
