import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { profileOf } from './profile/fields.ts';
import { insertVersion } from './profile/store.ts';
import * as store from './store.ts';

export type Review = {
  organisationId: string;
  decision: 'approved' | 'rejected';
  /** Required for a rejection: the organisation reads it. */
  note: string;
  at: Date;
  request: { address: string; requestId: string };
};

/** The department responsible decides on its registration, once. */
export async function reviewOrganisation(
  { db, log }: Context,
  actor: Actor,
  departmentIds: readonly string[],
  review: Review,
): Promise<Result<store.OrganisationRow>> {
  const { organisationId, decision, at } = review;
  const note = review.note.trim();
  return transact(db, async (trx) => {
    const organisation = await store.lockOrganisation(trx, organisationId);
    // Another department's organisation is answered like one that does not exist.
    if (!organisation || !departmentIds.includes(organisation.departmentId)) return notFound();
    if (organisation.state !== 'pending') {
      return refused(409, {
        code: 'already_reviewed',
        message: organisation.state === 'approved' ? '这家单位已经审核通过。' : '这家单位的注册已被退回。',
        remedy: '请刷新页面查看最新状态。',
      });
    }
    if (decision === 'rejected' && !note) {
      return refused(422, {
        code: 'reason_needed',
        message: '没有写明不通过的理由。',
        where: 'reason',
        remedy: '请写明理由，单位会看到。',
      });
    }
    await store.setReview(trx, organisationId, {
      state: decision,
      reviewNote: note || null,
      reviewedBy: actor.personId,
      reviewedAt: at,
    });
    if (decision === 'approved') {
      await insertVersion(trx, {
        organisationId,
        content: profileOf(organisation),
        departmentId: organisation.departmentId,
        note: note || null,
        approvedBy: actor.personId,
        holdsFrom: at,
      });
    }
    await log(trx, {
      at,
      actor,
      role: 'recommendingDepartment',
      action: decision === 'approved' ? 'approveOrganisation' : 'rejectOrganisation',
      outcome: 'done',
      subjectKind: 'organisation',
      subjectId: organisationId,
      detail: note ? { note } : {},
      request: review.request,
    });
    const reviewed = await store.findOrganisation(trx, organisationId);
    return reviewed ? ok(reviewed) : notFound();
  });
}

export const notFound = () => refused(404, { code: 'not_found', message: '没有这家单位，或者它不归您管理。' });
