import { officialInstant } from '@keshen/rules';
import { deleteSessionsOf } from '../../accounts/index.ts';
import { attempt, type By, eventBy } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { lockOrganisation } from '../store.ts';
import { notTheAdministrator } from './hand-over.ts';
import { type Newcomer, personFor, type WithLink } from './person-for.ts';
import * as store from './store.ts';

const LONGEST_MS = 366 * 86_400_000;

export type Delegation = { organisationId: string; who: Newcomer; until: Date; reason: string };
export type Delegated = store.Deputy & { link?: WithLink };

/** The administrator lets somebody act in his place until an instant, a year at the most. Only the administrator himself delegates. */
export const delegateDeputy = (context: Context, by: By, asked: Delegation): Promise<Result<Delegated>> => {
  const { organisationId, until, reason } = asked;
  const what = { action: 'delegateDeputy', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const organisation = await lockOrganisation(trx, organisationId);
    const administrator = await store.administratorOf(trx, organisationId);
    if (!organisation || administrator?.personId !== by.actor.personId) return notTheAdministrator();
    if (until.getTime() <= by.at.getTime() || until.getTime() > by.at.getTime() + LONGEST_MS) {
      return refused(422, {
        code: 'bad_until',
        message: '代理的截止时间应晚于现在，最长一年。',
        where: 'until',
        remedy: '请改选截止时间；到期后可以再授权。',
      });
    }
    const person = await personFor(trx, context.log, by, { organisation, who: asked.who });
    if (!person.ok) return person;
    const { personId, name, login, link } = person.value;
    if (personId === by.actor.personId) {
      return refused(422, {
        code: 'oneself',
        message: '不能授权自己代理。',
        where: 'personId',
        remedy: '请选择另一个人。',
      });
    }
    const ended = { at: by.at, endedBy: by.actor.personId, reason: '重新授权' };
    await store.endAdministration(trx, { organisationId, personId, deputies: true }, ended);
    const { authorityId } = organisation;
    const given = { grantedBy: by.actor.personId, grantedAt: by.at, deputyUntil: until };
    await store.insertAdministrator(trx, { personId, authorityId, organisationId, ...given });
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: {
        person: personId,
        login,
        until: officialInstant(until.getTime()),
        ...(reason.trim() && { reason: reason.trim() }),
      },
    });
    return ok({ personId, name, login, grantedAt: by.at, deputyUntil: until, ...(link && { link }) });
  });
};

/** Ends a deputy's right at once; whoever is signed in by it is signed out. */
export const endDeputy = (
  context: Context,
  by: By,
  { organisationId, personId }: { organisationId: string; personId: string },
): Promise<Result<undefined>> => {
  const what = { action: 'endDeputy', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const administrator = await store.administratorOf(trx, organisationId);
    if (administrator?.personId !== by.actor.personId && personId !== by.actor.personId) return notTheAdministrator();
    const ended = { at: by.at, endedBy: by.actor.personId, reason: '提前终止代理' };
    const [one] = await store.endAdministration(trx, { organisationId, personId, deputies: true }, ended);
    if (!one)
      return refused(404, {
        code: 'not_found',
        message: '这个人没有在代理，或者代理已经到期。',
        remedy: '请刷新页面。',
      });
    await deleteSessionsOf(trx, personId);
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { person: personId },
    });
    return ok(undefined);
  });
};
