import type { Check, State, Step } from '@keshen/rules';
import { refused, type Refused } from '../platform/http/result.ts';
import { mechanismClause } from './mechanism-clause.ts';
import type { Situation } from './situation.ts';
import type { ApplicationRow } from './store.ts';
import { lastStepOf } from './store-history.ts';
import { assigneeOf } from './store-review-flow.ts';
import type { ReviewStep } from './store-reviews.ts';

type ReviewCheck = Extract<
  Check,
  'signOffInUse' | 'assignedReviewer' | 'signedOff' | 'reasonGiven' | 'clauseNamed' | 'changeAllowed'
>;

/** The checklist that a step of a review rests on. */
export const CHECKLIST_OF: Readonly<Record<string, ReviewStep>> = {
  completeOrganisationCheck: 'organisation',
  returnByOrganisation: 'organisation',
  forward: 'organisation',
  completeDepartmentReview: 'department',
  returnByDepartment: 'department',
  declineRecommendation: 'department',
  recommend: 'department',
  admit: 'admission',
};

const FIRST_REVIEWED: readonly State[] = ['checked_by_organisation', 'reviewed_by_department'];

type SignedOff = Pick<ApplicationRow, 'organisationSignOff' | 'departmentSignOff' | 'state'>;

const signOffInUse = (row: SignedOff, action: string): boolean =>
  CHECKLIST_OF[action] === 'organisation' ? row.organisationSignOff : row.departmentSignOff;

/** Whether a step has a place in the way this application goes: first review and sign-off, or one review alone. */
export function hasPlace(row: SignedOff, { action, checks }: Pick<Step, 'action' | 'checks'>): boolean {
  if (checks.includes('signOffInUse')) return signOffInUse(row, action);
  return !checks.includes('signedOff') || FIRST_REVIEWED.includes(row.state) || !signOffInUse(row, action);
}

/** Checks about who reviews what, and on what ground: four eyes, reasons, clauses, what an admission locks. */
export const REVIEW_CHECK_RUNS: Record<ReviewCheck, (situation: Situation) => Promise<Refused | undefined>> = {
  signOffInUse: async ({ row, request }) =>
    signOffInUse(row, request.action)
      ? undefined
      : refused(409, {
          code: 'no_sign_off',
          message: '没有设置复核签发，审核不分初核和签发。',
          remedy: '请直接办理；需要两级审核的，由管理人员在审核设置里打开复核签发。',
        }),

  assignedReviewer: async ({ trx, row, request, by }) => {
    const assignee = await assigneeOf(trx, row.id, CHECKLIST_OF[request.action] ?? 'department');
    if (!assignee || assignee.personId === by.actor.personId) return undefined;
    return refused(403, {
      code: 'assigned_to_another',
      message: `这份申报已指定由${assignee.name}初核。`,
      remedy: '请由该审核人办理，或者先改派给自己。',
    });
  },

  signedOff: async ({ trx, row, request, by }) => {
    if (FIRST_REVIEWED.includes(row.state)) {
      const first = await lastStepOf(trx, row.id);
      if (first?.personId !== by.actor.personId) return undefined;
      return refused(403, {
        code: 'same_person',
        message: '初核是您做的，签发须由另一个人办理。',
        remedy: '请由有签发权限的另一位人员办理。',
      });
    }
    if (!signOffInUse(row, request.action)) return undefined;
    const step = CHECKLIST_OF[request.action];
    return refused(409, {
      code: 'not_reviewed_first',
      message: `${step === 'organisation' ? '本单位' : '本部门'}设了复核签发，这份申报还没有初核。`,
      remedy: '请先由一位审核人初核通过，再由另一位人员签发。',
    });
  },

  reasonGiven: async ({ request }) =>
    request.reason?.trim()
      ? undefined
      : refused(422, {
          code: 'reason_missing',
          message: '没有写理由。',
          where: 'reason',
          remedy: '请写明理由，对方会看到。',
        }),

  clauseNamed: async ({ request, round }) => {
    const named = request.clauses ?? [];
    const unknown = named.find((id) => !round.compiled.clauses.some((clause) => clause.id === id));
    if (named.length > 0 && unknown === undefined) return undefined;
    return refused(422, {
      code: 'clause_missing',
      message: unknown === undefined ? '没有指明不予受理所依据的条款。' : `通知里没有条款“${unknown}”。`,
      where: 'clauses',
      remedy: '请选出申报书不符合的条款，对方会看到条款和理由。',
    });
  },

  changeAllowed: async ({ request, round, by }) => {
    const { change } = request;
    if (!change) throw new Error('a change after admission without the change');
    const locked = mechanismClause(round, 'locked_after_admission');
    if (locked.clause && change.field !== 'title') {
      return refused(403, {
        code: 'locked_after_admission',
        message: '已经受理，申报单位和项目负责人不能再改，没有例外。',
        remedy: '本通知没有安排受理后的变更。',
        ...locked,
      });
    }
    if (change.proposedBy !== by.actor.personId) return undefined;
    return refused(403, {
      code: 'same_person',
      message: '变更须由两个人办理：这项变更是您提出的，不能由您批准。',
      remedy: '请由业务处室的另一位人员办理。',
    });
  },
};
