import { checkCreditCode, dateOfInstant, parseDate } from '@keshen/rules';
import { addPerson } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

export type Registration = store.OrganisationFields & {
  administrator: { login: string; name: string; password: string };
};

/**
 * An organisation asks for access: its administrator has an account from now on, but nothing can be applied for until the recommending
 * department has approved. A rejected registration may be handed in again, with the same login or another.
 */
export async function registerOrganisation(
  context: Context,
  registration: Registration,
  at: Date,
  request: { address: string; requestId: string },
): Promise<Result<{ id: string; state: 'pending' }>> {
  const { db, log } = context;
  const { administrator, ...given } = registration;
  const code = checkCreditCode(given.uscc);
  if (!code.valid) return field('uscc', code.problem);
  const fields = { ...given, uscc: code.normal, name: given.name.trim() };
  const fault = findFault(context, fields, at);
  if (fault) return fault;
  const department = await store.findDepartment(db, fields.departmentId);
  if (department?.authorityId !== fields.authorityId)
    return field('departmentId', '没有这个推荐部门。', '请从列表中选择。');

  return transact(db, async (trx) => {
    const known = await store.lockOrganisationByCode(trx, fields.authorityId, fields.uscc);
    if (known && known.state !== 'rejected') return alreadyRegistered(known.state);
    if (known) {
      await store.renewOrganisation(trx, known.id, fields);
      await store.retireAccounts(trx, await store.endAdministrators(trx, known.id, at), at);
    }
    const id = known?.id ?? (await store.insertOrganisation(trx, { ...fields, createdAt: at }));
    if (!id) return alreadyRegistered('pending');

    const person = await addPerson(trx, log, {
      ...administrator,
      temporary: false,
      grant: { role: 'organisationAdministrator', authorityId: fields.authorityId, organisationId: id },
      at,
      where: { name: 'administrator.name', login: 'administrator.login', password: 'administrator.password' },
    });
    if (!person.ok) return person;
    await log(trx, {
      at,
      actor: { personId: person.value },
      action: 'registerOrganisation',
      outcome: 'done',
      subjectKind: 'organisation',
      subjectId: id,
      detail: { uscc: fields.uscc, name: fields.name, again: known !== undefined },
      request,
    });
    return ok({ id, state: 'pending' });
  });
}

const field = (where: string, message: string, remedy?: string): Refused =>
  refused(422, { code: 'invalid', message, where, ...(remedy && { remedy }) });

const alreadyRegistered = (state: 'pending' | 'approved'): Refused =>
  refused(409, {
    code: 'already_registered',
    message:
      state === 'approved'
        ? '这个统一社会信用代码的单位已经注册。'
        : '这个统一社会信用代码的单位已提交注册，正在审核。',
    where: 'uscc',
    remedy:
      state === 'approved'
        ? '请向本单位管理员领取账号；不知道管理员是谁的，请联系推荐部门。'
        : '请等待推荐部门审核，用注册时的账号登录可看到结果。',
  });

function findFault({ reference }: Context, fields: store.OrganisationFields, at: Date): Refused | undefined {
  const blank = (['name', 'legalRepresentative', 'contactName', 'contactPhone'] as const).find(
    (key) => !fields[key].trim(),
  );
  if (blank) return field(blank, '没有填写。');
  if (!reference.organisationKinds.some(({ value }) => value === fields.kind)) {
    return field('kind', '没有这种单位类型。', '请从列表中选择。');
  }
  if (parseDate(fields.registeredOn) === undefined) {
    return field('registeredOn', '注册日期不是有效的日期。', '请按营业执照或法人证书填写，例如 2001-09-30。');
  }
  if (fields.registeredOn > dateOfInstant(at.getTime())) {
    return field('registeredOn', '注册日期晚于今天。', '请按营业执照或法人证书上的成立日期填写。');
  }
  if (!reference.divisions.some(({ code }) => code === fields.division)) {
    return field('division', '没有这个行政区划。', '请从列表中选择注册地。');
  }
  if (!/^[+\d][\d\s-]{5,25}$/.test(fields.contactPhone.normalize('NFKC').trim())) {
    return field('contactPhone', '联系电话应由数字组成，可带区号。', '例如 024-12345678 或 13800000000。');
  }
  return undefined;
}
