import { READERS, type Role, type Scope, type State, STATE_KEYS, type Step, STEPS } from '@keshen/rules';

/** Whose a record is, seen from the people of the matrix. */
export const OWNERS = ['own', 'otherPerson', 'otherOrganisation', 'otherDepartment', 'otherAuthority'] as const;
export type Owner = (typeof OWNERS)[number];

/** One row of a table of rights on applications; `states` are those of the application. */
export type Rule = { action: string; role: Role; scope: Scope; states: readonly State[] | 'all' };

/** One request: who asks for what on whose application in which state. */
export type Cell = { asked: Asked; action: string; owner: Owner; state: State };

/** The steps and the reading of the lifecycle. A list is delivered as a list, so its step looks at no single application's state. */
export const rulesOf = (steps: readonly Step[] = STEPS): Rule[] => [
  ...steps
    .filter(({ from }) => from.length > 0)
    .map(({ action, role, scope, from }) => ({
      action,
      role,
      scope,
      states: action === 'deliver' ? ('all' as const) : from,
    })),
  ...READERS.map((reader) => ({ action: 'read', ...reader })),
];

const OUTSIDE_THE_ORGANISATION: readonly Owner[] = ['otherOrganisation', 'otherDepartment', 'otherAuthority'];
const NOT_ONES_OWN: readonly Owner[] = ['otherPerson', ...OUTSIDE_THE_ORGANISATION];

/**
 * Everybody who asks, and whose records are foreign to them, said without looking at the table: whatever the table says, on these
 * nobody may do anything.
 */
export const FOREIGN = {
  applicant: NOT_ONES_OWN,
  coEditor: NOT_ONES_OWN,
  anotherApplicant: OWNERS,
  organisationAdministrator: OUTSIDE_THE_ORGANISATION,
  organisationReviewer: OUTSIDE_THE_ORGANISATION,
  recommendingDepartment: ['otherDepartment', 'otherAuthority'],
  programmeOfficer: ['otherAuthority'],
  serviceCentre: ['otherAuthority'],
  integrityOfficer: ['otherAuthority'],
  systemAdministrator: OWNERS,
  securityAdministrator: OWNERS,
  auditAdministrator: OWNERS,
  disabled: OWNERS,
  nobody: OWNERS,
} as const satisfies Record<string, readonly Owner[]>;
export type Asked = keyof typeof FOREIGN;
export const ASKED = Object.keys(FOREIGN) as Asked[];

export const isForeign = ({ asked, owner }: Pick<Cell, 'asked' | 'owner'>): boolean =>
  (FOREIGN[asked] as readonly Owner[]).includes(owner);

/** What each scope reaches of the owners above; the applicant's own are shared with the co-editor. */
const REACHED: Record<Scope, readonly Owner[]> = {
  own: ['own'],
  shared: ['own'],
  former: ['own'],
  organisation: ['own', 'otherPerson'],
  department: ['own', 'otherPerson', 'otherOrganisation'],
  authority: ['own', 'otherPerson', 'otherOrganisation', 'otherDepartment'],
  installation: OWNERS,
};

const roleOf = (asked: Asked): Role | undefined => {
  if (asked === 'coEditor' || asked === 'anotherApplicant') return 'applicant';
  return asked === 'disabled' || asked === 'nobody' ? undefined : asked;
};

const reaches = (scope: Scope, { asked, owner }: Cell): boolean => {
  const ofPersons = scope === 'own' || scope === 'shared' || scope === 'former';
  if (ofPersons && asked !== 'applicant' && !(asked === 'coEditor' && scope === 'shared')) return false;
  return REACHED[scope].includes(owner);
};

/** Whether a table gives a cell. */
export const gives = (rules: readonly Rule[], cell: Cell): boolean =>
  rules.some(
    ({ action, role, scope, states }) =>
      action === cell.action &&
      role === roleOf(cell.asked) &&
      reaches(scope, cell) &&
      (states === 'all' || states.includes(cell.state)),
  );

/** Every cell there is: each action, in each state, for everybody, over everybody's. */
export const cellsOf = (rules: readonly Rule[]): Cell[] => {
  const actions = [...new Set(rules.map(({ action }) => action))];
  return STATE_KEYS.flatMap((state) =>
    actions.flatMap((action) =>
      ASKED.flatMap((asked) => OWNERS.map((owner): Cell => ({ asked, action, owner, state }))),
    ),
  );
};

/** A cell that nothing but its scope refuses, or its state alone: what is foreign in a state in which nobody has the right is left out. */
export const isTelling = (rules: readonly Rule[], cell: Cell): boolean =>
  !isForeign(cell) ||
  rules.some(({ action, states }) => action === cell.action && (states === 'all' || states.includes(cell.state)));

const inWords = ({ asked, action, owner, state }: Cell): string => `${asked} ${action} ${owner} ${state}`;

/** Where a table and what the server did disagree, and where the table gives what is foreign; empty when all is well. */
export const disagreements = (rules: readonly Rule[], seen: readonly (Cell & { given: boolean })[]): string[] =>
  seen.flatMap((cell) => {
    const given = gives(rules, cell);
    if (given && isForeign(cell)) return [`the table gives what is foreign: ${inWords(cell)}`];
    if (given === cell.given) return [];
    return [`the table ${given ? 'gives' : 'refuses'}, the server does not: ${inWords(cell)}`];
  });
