import type { Role } from '@keshen/rules';
import {
  type ApplicationRow,
  attempt,
  type By,
  eventBy,
  lockApplication,
  mayRead,
  noSuchApplication,
  type ReviewStep,
  reviewStepsOf,
} from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { endAssignment, peopleWith, putAssignment, type Reviewer } from './store.ts';

const ROLES: Record<ReviewStep, readonly Role[]> = {
  organisation: ['organisationReviewer', 'organisationAdministrator'],
  department: ['recommendingDepartment'],
  admission: ['programmeOfficer'],
};

/** Who may be asked to review an application at a step. */
export const candidatesFor = (db: Db, row: ApplicationRow, step: ReviewStep): Promise<Reviewer[]> =>
  peopleWith(
    db,
    ROLES[step],
    step === 'organisation'
      ? { organisationId: row.organisationId }
      : step === 'department'
        ? { departmentId: row.departmentId }
        : { authorityId: row.authorityId },
  );

/** `personId` null takes the assignment back. */
export type Assignment = { applicationId: string; step: ReviewStep; personId: string | null };

/** Asks a colleague of the same step to review an application; where first review and sign-off are two, only the assigned one does the first. */
export const assignReviewer = (context: Context, by: By, assignment: Assignment): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'assignReviewer', applicationId: assignment.applicationId }, async (trx) => {
    const { applicationId, step, personId } = assignment;
    const row = await lockApplication(trx, applicationId);
    if (!row || !mayRead(by.actor, row)) return noSuchApplication();
    const steps = reviewStepsOf(by.actor, row, step);
    if (!steps.some(({ from }) => from.includes(row.state))) {
      return refused(403, {
        code: 'not_your_step',
        message: '这份申报现在不在您办理的这一步，不能指定审核人。',
        remedy: '请刷新页面，看它现在在哪一步。',
      });
    }
    const person = (await candidatesFor(trx, row, step)).find(({ id }) => id === personId);
    if (personId !== null && !person) {
      return refused(422, {
        code: 'no_such_reviewer',
        message: '所选的人不是这一步的审核人员。',
        where: 'personId',
        remedy: '请从名单里选择。',
      });
    }
    if (personId === null) await endAssignment(trx, applicationId, step);
    else await putAssignment(trx, { applicationId, step, personId, assignedBy: by.actor.personId, assignedAt: by.at });
    await context.log(trx, {
      ...eventBy(by, { action: 'assignReviewer', applicationId }, steps[0]?.role),
      outcome: 'done',
      detail: { step, personId, name: person?.name ?? '' },
    });
    return ok(undefined);
  });
