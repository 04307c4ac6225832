import { insertGrant, isRole, POWERFUL_ROLES, roleLabel } from '../accounts/index.ts';
import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { ownRole, threeAdministrators } from './propose-role.ts';
import * as store from './store.ts';

export type Decision = { id: string; decision: 'approved' | 'declined' | 'withdrawn'; note: string };

const ACTIONS = { approved: 'approveRole', declined: 'declineRole', withdrawn: 'withdrawRole' } as const;
const WORDS = { approved: '批准', declined: '否决', withdrawn: '撤回' } as const;

/**
 * Another security administrator approves or declines; whoever proposed it can only take it back, and nobody decides on his own role.
 * The database holds the same rule.
 */
export const decideRole = (
  context: Context,
  by: By,
  { id, decision, note }: Decision,
): Promise<Result<store.ProposalRow>> =>
  attempt(context, by, { action: ACTIONS[decision], subject: { kind: 'roleProposal', id } }, async (trx) => {
    const found = await store.lockProposal(trx, id);
    if (!found) return refused(404, { code: 'not_found', message: '没有这份提议。' });
    const { personId, authorityId, departmentId, personName } = found;
    const role = POWERFUL_ROLES.find((one) => one === found.role);
    if (!role || !isRole(role)) throw new Error(`proposal ${id} asks for ${found.role}`);
    if (found.decision) {
      return refused(409, {
        code: 'already_decided',
        message: `这份提议已由${found.decidedByName}${WORDS[found.decision]}。`,
        remedy: '请刷新页面。需要改变的，请另提一份。',
      });
    }
    const own = found.proposedBy === by.actor.personId;
    if (own !== (decision === 'withdrawn')) {
      return refused(403, {
        code: own ? 'same_person' : 'not_yours',
        message: own ? '重要角色须由两个人办理：这份提议是您提出的，不能由您批准或者否决。' : '只有提出的人可以撤回。',
        remedy: own ? '请由另一位安全管理员办理；不需要了的，可以撤回。' : '不同意的，请否决并写明理由。',
      });
    }
    if (personId === by.actor.personId) return ownRole();
    if (decision === 'declined' && note.trim() === '') {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写否决的理由。',
        where: 'note',
        remedy: '请写明理由。',
      });
    }
    if (decision === 'approved') {
      const person = await store.lockPerson(trx, personId);
      if (!person || person.disabledAt) {
        return refused(409, {
          code: 'account_closed',
          message: `${personName}的账号已停用。`,
          remedy: '请否决这份提议。',
        });
      }
      const conflict = await threeAdministrators(trx, { personId, role }, personName);
      if (conflict) return conflict;
      if (await store.holdsAlready(trx, { personId, role, authorityId, departmentId })) {
        return refused(409, { code: 'held_already', message: `${personName}已经是${roleLabel(role)}。` });
      }
      const grant = { role, ...(authorityId && { authorityId }), ...(departmentId && { departmentId }) };
      await insertGrant(trx, personId, grant, { grantedBy: by.actor.personId, grantedAt: by.at });
    }
    await store.decide(trx, id, {
      decision,
      decisionNote: note.trim(),
      decidedBy: by.actor.personId,
      decidedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, { action: ACTIONS[decision], subject: { kind: 'person', id: personId } }, 'securityAdministrator'),
      outcome: 'done',
      detail: { proposal: id, role, authorityId, departmentId, proposedBy: found.proposedBy, note: note.trim() },
    });
    const decided = await store.findProposal(trx, id);
    if (!decided) throw new Error(`proposal ${id} is gone`);
    return ok(decided);
  });
