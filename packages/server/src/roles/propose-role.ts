import { conflictingRole, type PowerfulRole, roleLabel, rolesOf } from '../accounts/index.ts';
import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

export type Proposal = {
  personId: string;
  role: PowerfulRole;
  authorityId: string | null;
  departmentId: string | null;
  reason: string;
};

const OF_THE_HOUSE: readonly PowerfulRole[] = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'];

/** A security administrator proposes; the role is held only after another one has approved. */
export const proposeRole = (context: Context, by: By, proposal: Proposal): Promise<Result<store.ProposalRow>> =>
  attempt(context, by, { action: 'proposeRole', subject: { kind: 'person', id: proposal.personId } }, async (trx) => {
    const { personId, role, authorityId, departmentId } = proposal;
    const reason = proposal.reason.trim();
    const person = await store.lockPerson(trx, personId);
    if (!person) return refused(404, { code: 'not_found', message: '没有这个人。' });
    if (personId === by.actor.personId) return ownRole();
    if (person.disabledAt) {
      return refused(409, {
        code: 'account_closed',
        message: `${person.name}的账号已停用。`,
        remedy: '请先恢复账号。',
      });
    }
    if (!reason) {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写授予的理由。',
        where: 'reason',
        remedy: '请写明依据，例如任职文件的文号；批准的人会看到，记入日志。',
      });
    }
    const misplaced = await wrongPlace(trx, proposal);
    if (misplaced) return misplaced;
    const conflict = await threeAdministrators(trx, proposal, person.name);
    if (conflict) return conflict;
    const wanted = { personId, role, authorityId, departmentId };
    if (await store.holdsAlready(trx, wanted)) {
      return refused(409, { code: 'held_already', message: `${person.name}已经是${roleLabel(role)}。` });
    }
    const id = await store.insertProposal(trx, {
      ...wanted,
      reason,
      proposedBy: by.actor.personId,
      proposedAt: by.at,
    });
    if (!id) {
      return refused(409, {
        code: 'proposed_already',
        message: `已有人提出授予${person.name}这个角色，正在等第二人批准。`,
        remedy: '请在“待批准”里查看。',
      });
    }
    await context.log(trx, {
      ...eventBy(by, { action: 'proposeRole', subject: { kind: 'person', id: personId } }, 'securityAdministrator'),
      outcome: 'done',
      detail: { proposal: id, role, authorityId, departmentId, reason },
    });
    const made = await store.findProposal(trx, id);
    if (!made) throw new Error(`the proposal ${id} just made is not there`);
    return ok(made);
  });

export const ownRole = (): Refused =>
  refused(403, {
    code: 'own_role',
    message: '自己的角色不能由自己办理。',
    remedy: '请由其他安全管理员办理。',
  });

/** 三员分立: of system, security and audit administrator nobody is two. Asked again when it is approved. */
export async function threeAdministrators(
  db: Db,
  { personId, role }: Pick<Proposal, 'personId' | 'role'>,
  name: string,
): Promise<Refused | undefined> {
  const held = conflictingRole(await rolesOf(db, personId), role);
  return (
    held &&
    refused(409, {
      code: 'three_administrators',
      message: `${name}已是${roleLabel(held)}，不能再任${roleLabel(role)}：系统、安全、审计三员须由三人分任，也不兼其他角色。`,
      remedy: '请另选一人，或先终止原来的角色。',
    })
  );
}

/** Administrators serve the whole house, a recommending department's people one department, everybody else one authority. */
async function wrongPlace(db: Db, { role, authorityId, departmentId }: Proposal): Promise<Refused | undefined> {
  const wrong = (where: string, message: string): Refused =>
    refused(422, { code: 'wrong_place', message, where, remedy: '请重新选择任职的部门。' });
  if (OF_THE_HOUSE.includes(role)) {
    return authorityId || departmentId ? wrong('authorityId', `${roleLabel(role)}管整个系统，不选部门。`) : undefined;
  }
  const { authorities, departments } = await store.placesOf(db);
  if (!authorities.some(({ id }) => id === authorityId)) return wrong('authorityId', '没有选任职的科技厅。');
  if (role !== 'recommendingDepartment') {
    return departmentId ? wrong('departmentId', `${roleLabel(role)}属于科技厅，不选推荐部门。`) : undefined;
  }
  return departments.some((one) => one.id === departmentId && one.authorityId === authorityId)
    ? undefined
    : wrong('departmentId', '没有选任职的推荐部门。');
}
