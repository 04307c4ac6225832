import { deleteSessionsOf, type MadeLink } from '../../accounts/index.ts';
import { attempt, type By, eventBy } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { lockOrganisation } from '../store.ts';
import { type Newcomer, personFor } from './person-for.ts';
import * as store from './store.ts';

export type HandOver = {
  organisationId: string;
  who: Newcomer;
  reason: string;
  /** Set when a department names a new administrator because the old one is gone: those it is responsible for. */
  departmentIds?: readonly string[];
};
export type HandedOver = { personId: string; name: string; login: string; link?: MadeLink; openWork: store.OpenWork[] };

/**
 * Names a new administrator: by the present one, or by the department responsible when that one is gone. The old one's grant and those of
 * the deputies he named end at this moment, and so do their sessions. A new administrator is no applicant any more.
 */
export const handOver = (context: Context, by: By, asked: HandOver): Promise<Result<HandedOver>> => {
  const { organisationId, departmentIds } = asked;
  const reason = asked.reason.trim();
  const what = { action: 'handOver', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const organisation = await lockOrganisation(trx, organisationId);
    const old = await store.administratorOf(trx, organisationId);
    if (!organisation) return notTheAdministrator();
    if (departmentIds ? !departmentIds.includes(organisation.departmentId) : old?.personId !== by.actor.personId)
      return notTheAdministrator();
    if (!reason) {
      return refused(422, {
        code: 'reason_needed',
        message: '没有写明移交的理由。',
        where: 'reason',
        remedy: '例如：原管理员调离，附单位来函文号。',
      });
    }
    const person = await personFor(trx, context.log, by, { organisation, who: asked.who });
    if (!person.ok) return person;
    const { personId, name, login, link } = person.value;
    if (personId === old?.personId) {
      return refused(422, {
        code: 'same_person',
        message: '新旧管理员是同一个人。',
        where: 'personId',
        remedy: '请选择另一个人。',
      });
    }
    const unfinished = await store.unfinishedApplicationsOf(trx, personId);
    if (unfinished.length > 0)
      return stillApplies(
        name,
        unfinished.map(({ number }) => number),
      );
    const ended = { at: by.at, endedBy: by.actor.personId, reason };
    const gone = await store.endAdministration(trx, { organisationId }, ended);
    await store.endApplicant(trx, { organisationId, personId }, ended);
    for (const one of gone) await deleteSessionsOf(trx, one);
    await store.insertAdministrator(trx, {
      personId,
      authorityId: organisation.authorityId,
      organisationId,
      grantedBy: by.actor.personId,
      grantedAt: by.at,
      deputyUntil: null,
    });
    const openWork = await store.openWorkOf(trx, organisationId);
    await context.log(trx, {
      ...eventBy(by, what, departmentIds ? 'recommendingDepartment' : 'organisationAdministrator'),
      outcome: 'done',
      detail: {
        from: old?.personId ?? null,
        to: personId,
        login,
        reason,
        ended: gone.length,
        openWork: openWork.map(({ kind, count }) => ({ kind, count })),
      },
    });
    return ok({ personId, name, login, openWork, ...(link && { link }) });
  });
};

const stillApplies = (name: string, numbers: readonly string[]): Refused =>
  refused(409, {
    code: 'still_an_applicant',
    message: `${name}还有没办完的申报（${numbers.slice(0, 3).join('、')}${numbers.length > 3 ? '等' : ''}），单位管理员不能申报。`,
    where: 'personId',
    remedy: '请先办完或者撤回这些申报，或者另选一人。',
  });

export const notTheAdministrator = (): Refused =>
  refused(403, {
    code: 'not_the_administrator',
    message: '只有单位管理员本人，或者管理员离开后由审核本单位的部门，可以办理。',
    remedy: '代理的，请由管理员本人操作；管理员已经离开的，请联系审核本单位的部门。',
  });
