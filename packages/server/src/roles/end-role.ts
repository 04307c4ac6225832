import { POWERFUL_ROLES, roleLabel } from '../accounts/index.ts';
import { attempt, type By, eventBy } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { ownRole } from './propose-role.ts';
import * as store from './store.ts';

/** Ends a powerful role at once: taking power away needs one person. Two security administrators stay, so that any can be granted again. */
export const endRole = (
  context: Context,
  by: By,
  { grantId, reason }: { grantId: string; reason: string },
): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'endRole', subject: { kind: 'roleGrant', id: grantId } }, async (trx) => {
    const grant = await store.lockGrant(trx, grantId);
    if (!grant || grant.endedAt) {
      return refused(404, { code: 'not_found', message: '没有这个角色，或者已经终止。', remedy: '请刷新页面。' });
    }
    const { personId, role, authorityId, departmentId } = grant;
    if (!POWERFUL_ROLES.some((one) => one === role)) {
      return refused(403, {
        code: 'not_your_role',
        message: `${roleLabel(role)}由所在单位自己管理。`,
        remedy: '请联系该单位的管理员；单位管理员离任的，由单位办理交接。',
      });
    }
    if (personId === by.actor.personId) return ownRole();
    if (!reason.trim()) {
      return refused(422, {
        code: 'reason_missing',
        message: '没有写终止的理由。',
        where: 'reason',
        remedy: '请写明理由。',
      });
    }
    if (role === 'securityAdministrator' && (await store.countHolders(trx, role)) <= 2) {
      return refused(409, {
        code: 'last_two',
        message: '只剩两位安全管理员：再少一位，就没有人能批准重要角色了。',
        remedy: '请先授予并批准另一位安全管理员，再终止这一位。',
      });
    }
    await store.endGrant(trx, grantId, { endedAt: by.at, endedBy: by.actor.personId, endReason: reason.trim() });
    await context.log(trx, {
      ...eventBy(by, { action: 'endRole', subject: { kind: 'person', id: personId } }, 'securityAdministrator'),
      outcome: 'done',
      detail: { role, authorityId, departmentId, reason: reason.trim() },
    });
    return ok(undefined);
  });
