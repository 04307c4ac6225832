import { attempt, type By, eventBy } from '../../applications/index.ts';
import type { Context } from '../../platform/context.ts';
import { ok, refused, type Result } from '../../platform/http/result.ts';
import { claimDocuments } from '../documents/store.ts';
import { routableDepartments } from '../routing/store.ts';
import { reviewerOf } from '../routing/reviewer-of.ts';
import { lockOrganisation } from '../store.ts';
import { differences, findNamedFault, findProfileFault, type Profile, profileOf } from './fields.ts';
import { type ChangeRow, decideChange, findChange, insertChange, lockChange } from './store.ts';

export type ChangeAsked = {
  organisationId: string;
  fields: Partial<Profile>;
  reason: string;
  documents: readonly string[];
};

/** The administrator asks for a change; until the department has approved it, what was approved before holds. */
export const requestChange = (context: Context, by: By, asked: ChangeAsked): Promise<Result<ChangeRow>> => {
  const { organisationId, reason } = asked;
  const what = { action: 'requestOrganisationChange', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const organisation = await lockOrganisation(trx, organisationId);
    if (organisation?.state !== 'approved') {
      return refused(409, {
        code: 'not_approved',
        message: '单位注册还没有审核通过，不用申请变更。',
        remedy: '被退回的，请改正后重新注册。',
      });
    }
    const before = profileOf(organisation);
    const after = { ...before, ...asked.fields, name: (asked.fields.name ?? before.name).trim() };
    const departments = await routableDepartments(trx, organisation.authorityId, organisationId);
    const fault = findProfileFault(context, after, by.at) ?? findNamedFault(after, departments);
    if (fault) return fault;
    const changed = differences(before, after, { departments, reference: context.reference });
    if (changed.length === 0) {
      return refused(422, {
        code: 'nothing_changed',
        message: '所填与现在的信息一样，没有要变更的。',
        remedy: '请改动后再提交。',
      });
    }
    if (!reason.trim()) {
      return refused(422, {
        code: 'reason_needed',
        message: '没有写变更的理由。',
        where: 'reason',
        remedy: '请写明理由，例如更名批复的文号。',
      });
    }
    // Who would review it afterwards is found now, so that nothing is missing when the department approves.
    const next = await reviewerOf(context, trx, {
      authorityId: organisation.authorityId,
      facts: after,
      organisationId,
      at: by.at,
    });
    if (!next.ok && next.refusal.code === 'routing_facts_missing') return next;
    const id = await insertChange(trx, {
      organisationId,
      departmentId: organisation.departmentId,
      before,
      after,
      reason: reason.trim(),
      requestedBy: by.actor.personId,
      requestedAt: by.at,
    });
    if (!id) {
      return refused(409, {
        code: 'change_open',
        message: '已有一项变更正在审核，同一时间只能有一项。',
        remedy: '请等审核结果，或者先撤回那一项再重新提交。',
      });
    }
    const claimed = await claimDocuments(trx, asked.documents, { organisationId, changeId: id }, by.at);
    if (!claimed.ok) return claimed;
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { change: id, reason: reason.trim(), changed },
    });
    const made = await findChange(trx, id);
    if (!made) throw new Error('the change just made is not there');
    return ok(made);
  });
};

/** The organisation takes back what has not been decided. */
export const withdrawChange = (
  context: Context,
  by: By,
  { organisationId, id }: { organisationId: string; id: string },
): Promise<Result<undefined>> => {
  const what = { action: 'withdrawOrganisationChange', subject: { kind: 'organisation', id: organisationId } };
  return attempt(context, by, what, async (trx) => {
    const change = await lockChange(trx, id);
    if (change?.organisationId !== organisationId) return noSuchChange();
    if (change.decision) return alreadyDecided(change.decision);
    await decideChange(trx, id, {
      decision: 'withdrawn',
      decisionNote: null,
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, what, 'organisationAdministrator'),
      outcome: 'done',
      detail: { change: id },
    });
    return ok(undefined);
  });
};

export const noSuchChange = () => refused(404, { code: 'not_found', message: '没有这项变更，或者它不归您办理。' });

const DECIDED = { approved: '已经批准', declined: '已经退回', withdrawn: '单位已经撤回' };
export const alreadyDecided = (decision: keyof typeof DECIDED) =>
  refused(409, {
    code: 'already_decided',
    message: `这项变更${DECIDED[decision]}。`,
    remedy: '请刷新页面查看最新状态。',
  });
