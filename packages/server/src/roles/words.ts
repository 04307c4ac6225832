import { roleLabel } from '../accounts/index.ts';
import type { GrantRow, PersonRow, ProposalRow } from './store.ts';

type Place = { authorityName: string | null; departmentName: string | null; organisationName?: string | null };

/** Where a role is held, in words; the whole installation where it says nothing. */
export const placeOf = ({ organisationName, departmentName, authorityName }: Place): string =>
  organisationName ?? ([authorityName, departmentName].filter(Boolean).join(' ') || '全系统');

export const grantView = (grant: GrantRow) => ({
  id: grant.id,
  role: grant.role,
  label: roleLabel(grant.role),
  place: placeOf(grant),
  grantedAt: grant.grantedAt,
  endedAt: grant.endedAt,
  endReason: grant.endReason,
});

export const personView = (person: PersonRow, grants: readonly GrantRow[]) => ({
  id: person.id,
  login: person.login,
  name: person.name,
  createdAt: person.createdAt,
  disabledAt: person.disabledAt,
  secondFactorAt: person.secondFactorAt,
  demonstration: person.demonstration,
  grants: grants.filter(({ personId }) => personId === person.id).map(grantView),
});

/** `mine`: the reader proposed it, and may take it back but not approve it. */
export const proposalView = (row: ProposalRow, readerId: string) => ({
  id: row.id,
  personId: row.personId,
  personName: row.personName,
  login: row.login,
  role: row.role,
  label: roleLabel(row.role),
  place: placeOf(row),
  reason: row.reason,
  proposedByName: row.proposedByName,
  proposedAt: row.proposedAt,
  state: row.decision ?? ('open' as const),
  decidedByName: row.decidedByName,
  decidedAt: row.decidedAt,
  decisionNote: row.decisionNote,
  mayDecide: row.decision === null && row.proposedBy !== readerId && row.personId !== readerId,
  mayWithdraw: row.decision === null && row.proposedBy === readerId,
});
