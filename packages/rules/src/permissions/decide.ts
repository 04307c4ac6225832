import type { Role, Scope } from '../lifecycle/roles.ts';
import { rightDefinition, type Holder, type Right } from './rights.ts';

/** A role somebody was given, and for which authority, department or organisation. */
export type HeldRole = { role: Role; authorityId?: string; departmentId?: string; organisationId?: string };

/** Who asks, as far as rights go. */
export type Asking = { personId: string; grants: readonly HeldRole[] };

/** Where a record stands and whose it is: all that a right depends on. What is absent is nobody's, so no such scope reaches it. */
export type Placed = {
  state?: string;
  /** Whose own record it is. */
  applicantId?: string;
  /** Whom that person lets write it, too. */
  coEditorIds?: readonly string[];
  organisationId?: string;
  departmentId?: string;
  authorityId?: string;
};

/** Why not, from the coarsest reason to the finest. */
export type Denial = 'signed_out' | 'not_your_role' | 'not_yours' | 'not_in_this_state';
export type Decision<Grant extends HeldRole = HeldRole> = { may: true; grant?: Grant } | { may: false; why: Denial };

const same = (given: string | undefined, wanted: string | undefined): boolean =>
  given !== undefined && given === wanted;

const REACHES: Record<Scope, (grant: HeldRole, personId: string, placed: Placed) => boolean> = {
  own: (grant, personId, placed) =>
    placed.applicantId === personId && same(grant.organisationId, placed.organisationId),
  shared: (grant, personId, placed) =>
    (placed.applicantId === personId || placed.coEditorIds?.includes(personId) === true) &&
    same(grant.organisationId, placed.organisationId),
  // Whoever moved to another organisation goes on reading what was filled in at the one of before, and changes nothing there.
  former: (_grant, personId, placed) => placed.applicantId === personId,
  organisation: (grant, _personId, placed) => same(grant.organisationId, placed.organisationId),
  department: (grant, _personId, placed) => same(grant.departmentId, placed.departmentId),
  authority: (grant, _personId, placed) => same(grant.authorityId, placed.authorityId),
  installation: () => true,
};

const inState = ({ states }: Holder, { state }: Placed): boolean =>
  states === 'all' || (state !== undefined && states.includes(state));

/**
 * Whether somebody has a right on a record, with the role by which they have it. Nothing is assumed: whatever the table does not give is
 * refused, and the finest reason is told. Without `asking` nobody is signed in.
 */
export function decide<Grant extends HeldRole>(
  asking: { personId: string; grants: readonly Grant[] } | undefined,
  right: Right,
  placed: Placed,
): Decision<Grant> {
  const { who, never } = rightDefinition(right);
  if (who === 'anybody') return { may: true };
  if (!asking) return { may: false, why: 'signed_out' };
  if (never?.some((role) => asking.grants.some((grant) => grant.role === role))) {
    return { may: false, why: 'not_your_role' };
  }
  if (who === 'signedIn') {
    return placed.applicantId === undefined || placed.applicantId === asking.personId
      ? { may: true }
      : { may: false, why: 'not_yours' };
  }
  let why: Denial = 'not_your_role';
  for (const holder of who) {
    for (const grant of asking.grants) {
      if (grant.role !== holder.role) continue;
      if (!REACHES[holder.scope](grant, asking.personId, placed)) {
        if (why === 'not_your_role') why = 'not_yours';
      } else if (!inState(holder, placed)) why = 'not_in_this_state';
      else return { may: true, grant };
    }
  }
  return { may: false, why };
}

export const may = (asking: Asking | undefined, right: Right, placed: Placed): boolean =>
  decide(asking, right, placed).may;

/** The grant by which somebody has a right on a record, in whatever state it is. */
export function grantFor<Grant extends HeldRole>(
  asking: { personId: string; grants: readonly Grant[] },
  right: Right,
  placed: Placed,
): Grant | undefined {
  const { who } = rightDefinition(right);
  if (typeof who === 'string') return undefined;
  for (const { role, scope } of who) {
    const grant = asking.grants.find((one) => one.role === role && REACHES[scope](one, asking.personId, placed));
    if (grant) return grant;
  }
  return undefined;
}

/** Every way in which somebody has a right on a record as it is. */
export const holdersFor = (asking: Asking, right: Right, placed: Placed): Holder[] => {
  const { who } = rightDefinition(right);
  return typeof who === 'string'
    ? []
    : who.filter(
        (holder) =>
          inState(holder, placed) &&
          asking.grants.some(
            (grant) => grant.role === holder.role && REACHES[holder.scope](grant, asking.personId, placed),
          ),
      );
};

/** Whether somebody may have the right on any record at all: what can be said before the record is known. */
export function mightHave(asking: Asking | undefined, right: Right): boolean {
  const { who, never } = rightDefinition(right);
  if (who === 'anybody') return true;
  if (!asking) return false;
  const holds = (role: Role): boolean => asking.grants.some((grant) => grant.role === role);
  if (never?.some(holds)) return false;
  return who === 'signedIn' || who.some(({ role }) => holds(role));
}

/** Over how much of the installation the answer to somebody goes under a right: all authorities, or those of the own roles. */
export function authoritiesWithin(asking: Asking | undefined, right: Right): 'all' | string[] {
  const { who, everywhere } = rightDefinition(right);
  if (who === 'anybody' || everywhere) return 'all';
  if (!asking) return [];
  if (
    who !== 'signedIn' &&
    who.some(({ role, scope }) => scope === 'installation' && asking.grants.some((grant) => grant.role === role))
  ) {
    return 'all';
  }
  return [...new Set(asking.grants.flatMap(({ authorityId }) => authorityId ?? []))];
}
