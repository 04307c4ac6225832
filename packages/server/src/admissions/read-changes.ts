import {
  applicationContentOf,
  mechanismClause,
  memberNamed,
  type Opened,
  openApplication,
} from '../applications/index.ts';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { changesOf, type LockedChangeRow, type LockedField } from './store.ts';

export const LOCKED_FIELDS: readonly LockedField[] = ['title', 'organisation', 'principalInvestigator'];

export type LockedChangeView = {
  id: string;
  field: LockedField;
  before: string;
  after: string;
  reason: string;
  proposedById: string;
  proposedByName: string;
  proposedAt: string;
  decision?: 'approved' | 'declined';
  decisionNote?: string;
  decidedByName?: string;
  decidedAt?: string;
};

/** What an admission locks: what it is now, and the clause that allows no exception where there is one. */
export type Locked = { field: LockedField; now: string; clause?: { id: string; at: string }; forbidden: boolean };

/** What is locked after the admission, and every exception that was asked for, decided or not. */
export async function readChanges(
  context: Context,
  by: By,
  id: string,
): Promise<Result<{ locked: Locked[]; items: LockedChangeView[]; members: string[] }>> {
  const opened = await openApplication(context, by, id);
  if (!opened.ok) return opened;
  const locked = await Promise.all(LOCKED_FIELDS.map((field) => lockedOf(context.db, opened.value, field)));
  const { members } = await applicationContentOf(context.db, id);
  const list = Array.isArray(members?.['list']) ? members['list'] : [];
  return ok({
    locked,
    items: (await changesOf(context.db, id)).map(viewOf),
    members: list.flatMap(({ name }) => (typeof name === 'string' && memberNamed(members, name) ? [name] : [])),
  });
}

/** A locked field as it stands, with the clause that locks it. */
export async function lockedOf(db: Db, { row, round }: Opened, field: LockedField): Promise<Locked> {
  const never = field === 'title' ? {} : mechanismClause(round, 'locked_after_admission');
  const clause = never.clause ?? mechanismClause(round, 'locked_after_admission_unless_approved').clause;
  const { principalInvestigator } = await applicationContentOf(db, row.id);
  const name = principalInvestigator?.['name'];
  const now = { title: row.title, organisation: row.organisationName, principalInvestigator: textOf(name) }[field];
  return { field, now, ...(clause && { clause }), forbidden: never.clause !== undefined };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function viewOf(row: LockedChangeRow): LockedChangeView {
  const { id, field, before, after, reason, proposedBy, proposedByName, proposedAt } = row;
  const { decision, decisionNote, decidedByName, decidedAt } = row;
  return {
    id,
    field,
    before,
    after,
    reason,
    proposedById: proposedBy,
    proposedByName,
    proposedAt: proposedAt.toISOString(),
    ...(decision && { decision }),
    ...(decisionNote && { decisionNote }),
    ...(decidedByName && { decidedByName }),
    ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
  };
}
