import { attempt, type By, eventBy } from '../../applications/index.ts';
import { loadRound } from '../../calls/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Trx } from '../../platform/db/schema.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { reviewerOf } from '../routing/reviewer-of.ts';
import { routesIn } from '../routing/routes-in.ts';
import { ownDepartment, routableDepartments } from '../routing/store.ts';
import { findOrganisation, lockOrganisation, type OrganisationRow } from '../store.ts';
import { differences, profileOf } from './fields.ts';
import { alreadyDecided, noSuchChange } from './request-change.ts';
import * as store from './store.ts';

export type Decision = {
  id: string;
  decision: 'approved' | 'declined';
  note: string;
  departmentIds: readonly string[];
};

/**
 * The department responsible decides on a change. An approved one holds from this moment: the organisation goes to the department that the
 * table now leads to, and its projects that no department has seen yet go with it; those that one has stay there.
 */
export const decideChange = (context: Context, by: By, asked: Decision): Promise<Result<OrganisationRow>> => {
  const { id, decision } = asked;
  const note = asked.note.trim();
  const action = decision === 'approved' ? 'approveOrganisationChange' : 'declineOrganisationChange';
  return attempt(context, by, { action, subject: { kind: 'organisationChange', id } }, async (trx) => {
    const change = await store.lockChange(trx, id);
    if (!change || !asked.departmentIds.includes(change.departmentId)) return noSuchChange();
    if (change.decision) return alreadyDecided(change.decision);
    if (decision === 'declined' && !note) {
      return refused(422, {
        code: 'reason_needed',
        message: '没有写明退回的理由。',
        where: 'reason',
        remedy: '请写明理由，单位会看到。',
      });
    }
    const organisation = await lockOrganisation(trx, change.organisationId);
    if (!organisation) return noSuchChange();
    await store.decideChange(trx, id, {
      decision,
      decisionNote: note || null,
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    const moved = decision === 'approved' ? await carryOut(trx, context, by, { organisation, change, note }) : {};
    const departments = await routableDepartments(trx, organisation.authorityId, organisation.id);
    await context.log(trx, {
      ...eventBy(by, { action, subject: { kind: 'organisation', id: organisation.id } }, 'recommendingDepartment'),
      outcome: 'done',
      detail: {
        change: id,
        ...(note && { note }),
        changed: differences(change.before, change.after, { departments, reference: context.reference }),
        ...moved,
      },
    });
    const changed = await findOrganisation(trx, organisation.id);
    return changed ? ok(changed) : noSuchChange();
  });
};

type Approved = { organisation: OrganisationRow; change: store.ChangeRow; note: string };

async function carryOut(trx: Trx, context: Context, by: By, { organisation, change, note }: Approved) {
  const { id, authorityId } = organisation;
  const profile = { ...profileOf(organisation), ...change.after };
  const known = { authorityId, facts: profile, organisationId: id, at: by.at };
  // Where the table leaves a choice or leads nowhere, the department stays.
  const kept = await reviewerOf(context, trx, { ...known, named: organisation.departmentId });
  const next = kept.ok ? kept : await reviewerOf(context, trx, known);
  const departmentId = next.ok ? next.value.departmentId : organisation.departmentId;
  await store.setProfile(trx, id, { ...profile, departmentId });
  await store.insertVersion(trx, {
    organisationId: id,
    content: profile,
    departmentId,
    note: note || null,
    approvedBy: by.actor.personId,
    holdsFrom: by.at,
  });
  if (departmentId !== organisation.departmentId) await store.moveOpenRequests(trx, id, departmentId);
  const changed = await findOrganisation(trx, id);
  const moved = changed ? await moveUnsent(trx, context, by, changed) : [];
  return {
    ...(departmentId !== organisation.departmentId && next.ok && { department: next.value.departmentName }),
    ...(moved.length > 0 && { movedApplications: moved }),
  };
}

/** Drafts whose department the table no longer names go to the one that it does. */
async function moveUnsent(trx: Trx, context: Context, by: By, organisation: OrganisationRow): Promise<string[]> {
  const moved: string[] = [];
  for (const { id, number, roundId, departmentId } of await store.unsentApplications(trx, organisation.id)) {
    const round = await loadRound({ db: trx, reference: context.reference }, roundId);
    if (!round) continue;
    const { routes } = await routesIn(trx, round, organisation, by.at);
    const [first] = routes;
    const own = first.self ? await ownDepartment(trx, organisation, first.selfKind ?? 'self') : first.key;
    if (own === departmentId || routes.some(({ key }) => key === departmentId)) continue;
    await store.moveApplication(trx, id, own);
    moved.push(number);
  }
  return moved;
}
