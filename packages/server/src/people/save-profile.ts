import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { missingOf, problemsOf, tidied } from './check-profile.ts';
import { identityOf, type ProfileData, profileFields } from './profile-fields.ts';
import * as store from './store.ts';

/**
 * The person fills in the own profile. Half of it may be saved; what is wrong may not. A change makes a new revision, which no organisation
 * has confirmed yet; saving the same again makes none.
 */
export const saveProfile = (
  context: Context,
  by: By,
  given: { revision: number; data: ProfileData },
): Promise<Result<{ revision: number; missing: string[] }>> =>
  attempt(context, by, { action: 'saveProfile', subject: { kind: 'person', id: by.actor.personId } }, async (trx) => {
    const { personId } = by.actor;
    const fields = profileFields(context.reference);
    const data = tidied(given.data);
    const problems = problemsOf(fields, data, context.reference, by.at);
    const [problem] = problems;
    if (problem) {
      return refused(422, {
        code: 'invalid_profile',
        message: problems.length === 1 ? problem.message : `有${problems.length}处须改正。${problem.message}`,
        where: problem.where,
        remedy: '请改正后再保存，其他各项照旧保留在页面上。',
        current: problems,
      });
    }
    await store.lockIdentities(trx);
    const known = await store.findProfile(trx, personId);
    if ((known?.revision ?? 0) !== given.revision) {
      return refused(409, {
        code: 'stale',
        message: '您在别的窗口改过个人资料。',
        remedy: '请刷新页面，在最新的资料上再改。',
        current: known,
      });
    }
    const identity = identityOf(data);
    const holder = identity === undefined ? undefined : await store.findByIdentity(trx, identity);
    if (holder && holder.id !== personId) {
      return refused(409, {
        code: 'identity_taken',
        message: '这个证件号码已有账号：一个人只用一个账号。',
        where: data.idType === 'passport' ? 'passportNumber' : 'idNumber',
        remedy:
          '请核对号码。确是本人的，请用原来的账号登录，由现单位邀请原账号加入；忘了登录名的，请联系原单位管理员。',
      });
    }
    const revision = given.revision + 1;
    if (known && same(known.data, data)) return ok({ revision: known.revision, missing: missingOf(fields, data) });
    await store.putProfile(trx, personId, { revision, data, savedAt: by.at });
    const changed = Object.keys({ ...known?.data, ...data }).filter(
      (key) => valueAt(known?.data, key) !== valueAt(data, key),
    );
    await context.log(trx, {
      ...eventBy(by, { action: 'saveProfile', subject: { kind: 'person', id: personId } }),
      outcome: 'done',
      detail: { revision, changed },
    });
    return ok({ revision, missing: missingOf(fields, data) });
  });

const valueAt = (data: ProfileData | undefined, key: string): unknown =>
  (data as Record<string, unknown> | undefined)?.[key];
const same = (one: ProfileData, other: ProfileData): boolean =>
  Object.keys({ ...one, ...other }).every((key) => valueAt(one, key) === valueAt(other, key));
