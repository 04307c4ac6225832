import { decide, holdersFor, type Placed, READERS, type Role, type State, STATES } from '@keshen/rules';
import type { Actor } from '../platform/db/actors.ts';
import { isState } from './words.ts';

/** Where an application stands and whose it is: all that a right on it depends on. */
export type PlacedApplication = Required<Placed> & { state: State };

/** Whether the table gives the person this application in its present state. */
export const mayRead = (actor: Actor, placed: PlacedApplication): boolean =>
  decide(actor, 'application.read', placed).may;

/** The roles in which the person sees this application in its present state. */
export const readsAs = (actor: Actor, placed: PlacedApplication): Role[] =>
  holdersFor(actor, 'application.read', placed).map(({ role }) => role);

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
export const reachesOf = (actor: Pick<Actor, 'personId' | 'grants'>): Reach[] =>
  actor.grants.flatMap((grant) =>
    READERS.filter((reader) => reader.role === grant.role).flatMap(({ scope, states }): Reach[] => {
      const { organisationId, departmentId, authorityId } = grant;
      if (scope === 'shared') {
        const { personId } = actor;
        return organisationId
          ? [
              { applicantId: personId, organisationId, states },
              { coEditorId: personId, organisationId, states },
            ]
          : [];
      }
      if (scope === 'former') return [{ applicantId: actor.personId, states }];
      if (scope === 'organisation') return organisationId ? [{ organisationId, states }] : [];
      if (scope === 'department') return departmentId ? [{ departmentId, states }] : [];
      if (scope === 'authority') return authorityId ? [{ authorityId, states }] : [];
      throw new Error(`no list for readers of scope ${scope}`);
    }),
  );

const ALL_STATES = Object.keys(STATES).filter(isState);

/** The states in which a role sees applications within its scope. */
export const statesReadBy = (role: Role): readonly State[] => {
  const states = READERS.find((reader) => reader.role === role)?.states ?? [];
  return states === 'all' ? ALL_STATES : states;
};
