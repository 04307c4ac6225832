import type { Role } from '@keshen/rules';
import { attempt, type By, eventBy } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

/** How the own department or organisation reviews, and with whom. */
export type ReviewSetting = {
  step: 'organisation' | 'department';
  name: string;
  finalSignOff: boolean;
  reviewers: store.Reviewer[];
};

const ROLES: Record<ReviewSetting['step'], readonly Role[]> = {
  organisation: ['organisationReviewer', 'organisationAdministrator'],
  department: ['recommendingDepartment'],
};

/** The department or organisation whose setting the person has a say in. */
function placeOf({ actor }: By): { step: ReviewSetting['step']; id: string; role: Role } | undefined {
  const department = actor.grants.find(({ role }) => role === 'recommendingDepartment');
  if (department?.departmentId) return { step: 'department', id: department.departmentId, role: department.role };
  const organisation = actor.grants.find(({ role }) => role === 'organisationAdministrator');
  return organisation?.organisationId
    ? { step: 'organisation', id: organisation.organisationId, role: organisation.role }
    : undefined;
}

export async function readSettings({ db }: Context, by: By): Promise<Result<ReviewSetting>> {
  const place = placeOf(by);
  return place ? ok(await settingOf(db, place)) : notYours();
}

async function settingOf(db: Db, { step, id }: { step: ReviewSetting['step']; id: string }): Promise<ReviewSetting> {
  const { name, finalSignOff } = await (step === 'department'
    ? store.departmentSetting(db, id)
    : store.organisationSetting(db, id));
  const scope = step === 'department' ? { departmentId: id } : { organisationId: id };
  return { step, name, finalSignOff, reviewers: await store.peopleWith(db, ROLES[step], scope) };
}

/** Whether what is reviewed first is signed off by a second person. It takes two people to begin with. */
export const changeSettings = (context: Context, by: By, finalSignOff: boolean): Promise<Result<ReviewSetting>> => {
  const place = placeOf(by);
  if (!place) return Promise.resolve(notYours());
  const subject = { kind: place.step, id: place.id };
  return attempt(context, by, { action: 'changeReviewSetting', subject }, async (trx) => {
    const { reviewers } = await settingOf(trx, place);
    if (finalSignOff && reviewers.length < 2) {
      return refused(409, {
        code: 'one_person_only',
        message: '复核签发须由两个人办理，现在只有一个审核账号。',
        remedy:
          place.step === 'organisation' ? '请先在“单位人员”里开一个初核人账号。' : '请先由管理员再开一个审核账号。',
      });
    }
    await (place.step === 'department'
      ? store.setDepartmentSignOff(trx, place.id, finalSignOff)
      : store.setOrganisationSignOff(trx, place.id, finalSignOff));
    await context.log(trx, {
      ...eventBy(by, { action: 'changeReviewSetting', subject }, place.role),
      outcome: 'done',
      detail: { finalSignOff },
    });
    return ok(await settingOf(trx, place));
  });
};

const notYours = () =>
  refused(403, { code: 'not_your_role', message: '审核设置由单位管理员和推荐部门的审核人员管理。' });
