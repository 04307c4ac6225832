import { deleteSecondFactor, deleteSessionsOf, type MadeLink, makeLink, setDisabled } from '../accounts/index.ts';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import * as store from './store.ts';

export type AccountChange =
  | { what: 'disable' | 'enable' }
  /** `withoutSecondFactor` for whoever lost the phone and the recovery codes: the administrator vouches for the person. */
  | { what: 'resetPassword'; withoutSecondFactor: boolean };

/** The administrator closes, reopens or resets an applicant's account of the own organisation. What was filled in stays. */
export async function changeAccount(
  { db, log }: Context,
  actor: Actor,
  organisationId: string,
  change: AccountChange & { personId: string; at: Date },
): Promise<Result<{ link: MadeLink } | undefined>> {
  const { personId, what, at } = change;
  return transact(db, async (trx) => {
    const person = await store.findApplicant(trx, organisationId, personId);
    if (!person) return refused(404, { code: 'not_found', message: '本单位没有这个申报人账号。' });
    // Whoever belongs elsewhere as well is not this organisation's to lock out, nor to be taken over by a new password.
    const elsewhere = what === 'enable' ? undefined : await store.placeElsewhere(trx, personId, organisationId);
    if (elsewhere !== undefined) {
      return refused(409, {
        code: 'belongs_elsewhere',
        message: `${person.name}的账号还用于${elsewhere}，不能由本单位${what === 'disable' ? '停用' : '重设密码'}。`,
        remedy:
          what === 'disable'
            ? '他离开本单位的，请在“人员资料”里办理“离开单位”；账号是他本人的，照常可用。'
            : '请本人凭恢复码登录；都丢了的，请联系系统管理员核实后重设。',
      });
    }
    if (what !== 'resetPassword') await setDisabled(trx, personId, what === 'disable' ? at : null);
    if (what !== 'enable') await deleteSessionsOf(trx, personId);
    const withoutSecondFactor = what === 'resetPassword' && change.withoutSecondFactor;
    if (withoutSecondFactor) await deleteSecondFactor(trx, personId);
    await log(trx, {
      at,
      actor,
      role: 'organisationAdministrator',
      action: `${what}Account`,
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
      detail: withoutSecondFactor ? { withoutSecondFactor } : undefined,
    });
    if (what !== 'resetPassword') return ok(undefined);
    return ok({ link: await makeLink(trx, log, { personId, purpose: 'reset', by: actor, at }) });
  });
}
