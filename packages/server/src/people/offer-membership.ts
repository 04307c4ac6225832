import { normaliseResidentId } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';
import * as offers from './store-offers.ts';

const DAY_MS = 86_400_000;
const LIFETIME_MS = 30 * DAY_MS;

export type Offered = { offered: true; name: string; expiresAt: Date };

/**
 * One person, one account: where somebody with this identity number has one already, that account is asked to join the organisation.
 * Undefined where the number is new. Within the caller's transaction. The answer tells nothing but that an account is there.
 */
export async function offerMembership(
  trx: Trx,
  log: Context['log'],
  given: { idNumber: string; name: string; organisationId: string; by: { personId: string }; at: Date },
): Promise<Result<Offered> | undefined> {
  const { organisationId, by, at } = given;
  await store.lockIdentities(trx);
  const person = await store.findByIdentity(trx, normaliseResidentId(given.idNumber));
  if (!person) return undefined;
  if (person.name !== given.name) {
    return refused(409, {
      code: 'name_differs',
      message: '这个证件号码登记的姓名与您填写的不同。',
      where: 'name',
      remedy: '请与本人核对姓名和证件号码。',
    });
  }
  if (await store.findMember(trx, organisationId, person.id)) {
    return refused(409, {
      code: 'member_already',
      message: `${person.name}已是本单位的申报人。`,
      where: 'idNumber',
      remedy: '不用再分配账号；忘了密码的，请在列表里重置。',
    });
  }
  await offers.withdrawExpired(trx, at);
  const expiresAt = new Date(at.getTime() + LIFETIME_MS);
  const id = await offers.insertOffer(trx, {
    personId: person.id,
    organisationId,
    offeredBy: by.personId,
    offeredAt: at,
    expiresAt,
  });
  if (!id) {
    return refused(409, {
      code: 'offered_already',
      message: `已经邀请过${person.name}，正在等本人答复。`,
      remedy: '请提醒本人登录，在“个人资料”里答复。',
    });
  }
  await log(trx, {
    at,
    actor: by,
    role: 'organisationAdministrator',
    action: 'offerMembership',
    outcome: 'done',
    subjectKind: 'person',
    subjectId: person.id,
    detail: { organisationId, offer: id },
  });
  return ok({ offered: true, name: person.name, expiresAt });
}
