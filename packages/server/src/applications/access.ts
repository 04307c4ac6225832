import { READERS, type Role, type Scope, type State, STATES, type Step } from '@keshen/rules';
import type { Actor, Grant } from '../platform/db/actors.ts';
import { isState } from './words.ts';

/** Where an application stands and whose it is: all that a right depends on. */
export type Placed = {
  state: State;
  applicantId: string;
  /** Whom the applicant lets write it, too. */
  coEditorIds: readonly string[];
  organisationId: string;
  departmentId: string;
  authorityId: string;
};

const REACHES: Record<Scope, (grant: Grant, actor: Actor, placed: Placed) => boolean> = {
  own: (grant, actor, placed) =>
    (placed.applicantId === actor.personId || placed.coEditorIds.includes(actor.personId)) &&
    grant.organisationId === placed.organisationId,
  organisation: (grant, _actor, placed) => grant.organisationId === placed.organisationId,
  department: (grant, _actor, placed) => grant.departmentId === placed.departmentId,
  authority: (grant, _actor, placed) => grant.authorityId === placed.authorityId,
};

const grantOf = (actor: Actor, placed: Placed, right: { role: string; scope: Scope }): Grant | undefined =>
  actor.grants.find((grant) => grant.role === right.role && REACHES[right.scope](grant, actor, placed));

/** The grant by which a person may take the step on this application, whatever state it is in. */
export const grantToTake = (actor: Actor, placed: Placed, step: Step): Grant | undefined =>
  step.scope === 'own' && !SHARED.has(step.action) && placed.applicantId !== actor.personId
    ? undefined
    : grantOf(actor, placed, step);

/** What a co-editor does as the applicant does; to submit and to withdraw is to answer for the whole, and stays the applicant's. */
const SHARED: ReadonlySet<string> = new Set(['saveSection', 'attach']);

/** Whether the table of readers gives the person this application in its present state. */
export const mayRead = (actor: Actor, placed: Placed): boolean => readsAs(actor, placed).length > 0;

/** The roles in which the person sees this application in its present state. */
export const readsAs = (actor: Actor, placed: Placed): Role[] =>
  READERS.filter(
    (reader) =>
      (reader.states === 'all' || reader.states.includes(placed.state)) && grantOf(actor, placed, reader) !== undefined,
  ).map(({ role }) => role);

/** One part of what a person may list: rows whose columns have these values, in these states. */
export type Reach = {
  applicantId?: string;
  coEditorId?: string;
  organisationId?: string;
  departmentId?: string;
  authorityId?: string;
  states: readonly State[] | 'all';
};

/** All that a person may list; nothing for who has no reading role. */
export const reachesOf = (actor: Actor): Reach[] =>
  actor.grants.flatMap((grant) =>
    READERS.filter((reader) => reader.role === grant.role).flatMap(({ scope, states }): Reach[] => {
      const { organisationId, departmentId, authorityId } = grant;
      if (scope === 'own') {
        const { personId } = actor;
        return organisationId
          ? [
              { applicantId: personId, organisationId, states },
              { coEditorId: personId, organisationId, states },
            ]
          : [];
      }
      if (scope === 'organisation') return organisationId ? [{ organisationId, states }] : [];
      if (scope === 'department') return departmentId ? [{ departmentId, states }] : [];
      return authorityId ? [{ authorityId, states }] : [];
    }),
  );

const ALL_STATES = Object.keys(STATES).filter(isState);

/** The states in which a role sees applications within its scope. */
export const statesReadBy = (role: Role): readonly State[] => {
  const states = READERS.find((reader) => reader.role === role)?.states ?? [];
  return states === 'all' ? ALL_STATES : states;
};
