import { type CompiledCall, type Role, ROLES, type State, STATES } from '@keshen/rules';

type Call = Pick<CompiledCall, 'words'>;

/** A text of the lifecycle tables with the call's own names in it: 初审单位 for {recommendingDepartment}. */
export const inWords = (text: string, { words }: Call): string =>
  text.replaceAll('{recommendingDepartment}', words.recommendingDepartment);

export const stateLabel = (state: State, call: Call): string => inWords(STATES[state].label, call);

export const roleLabel = (role: string | null, call: Call): string =>
  role !== null && Object.hasOwn(ROLES, role) ? inWords(ROLES[role as Role], call) : '';
