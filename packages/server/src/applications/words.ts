import { type CompiledCall, type State, STATES } from '@keshen/rules';
import { isRole, roleLabel as labelOfRole } from '../accounts/index.ts';

type Call = Pick<CompiledCall, 'words'>;

export const isState = (text: string): text is State => Object.hasOwn(STATES, text);

/** A text of the lifecycle tables with the call's own names in it: 初审单位 for {recommendingDepartment}. */
export const inWords = (text: string, { words }: Call): string =>
  text.replaceAll('{recommendingDepartment}', words.recommendingDepartment);

export const stateLabel = (state: State, call: Call): string => inWords(STATES[state].label, call);

export const roleLabel = (role: string | null, call: Call): string =>
  role !== null && isRole(role) ? labelOfRole(role, call.words.recommendingDepartment) : '';
