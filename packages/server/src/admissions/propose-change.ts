import { grantFor, stepOf } from '@keshen/rules';
import {
  applicationContentOf,
  approvedOrganisation,
  attempt,
  type By,
  eventBy,
  lockApplication,
  mayRead,
  memberNamed,
  noSuchApplication,
  type Opened,
} from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { lockedOf } from './read-changes.ts';
import { insertChange, type LockedField, openChange } from './store.ts';

export type ChangeAsked = { applicationId: string; field: LockedField; after: string; reason: string };

const STEP = stepOf('changeAfterAdmission');

/** A programme officer proposes to change what the admission locked; a second one decides. Where the call allows no exception, it ends here. */
export const proposeChange = (context: Context, by: By, asked: ChangeAsked): Promise<Result<undefined>> =>
  attempt(context, by, { action: 'proposeLockedChange', applicationId: asked.applicationId }, async (trx) => {
    const { applicationId, field } = asked;
    const row = await lockApplication(trx, applicationId);
    const round = row && (await loadRound({ db: trx, reference: context.reference }, row.roundId));
    if (!row || !round || !mayRead(by.actor, row)) return noSuchApplication();
    if (!grantFor(by.actor, 'application.changeAfterAdmission', row)) {
      return refused(403, { code: 'not_your_step', message: '受理后的变更由业务处室办理。' });
    }
    if (!STEP.from.includes(row.state)) {
      return refused(409, {
        code: 'wrong_state',
        message: '这份申报没有受理，不在受理后变更之列。',
        remedy: '受理前要改的，由推荐部门退回修改。',
        current: { state: row.state },
      });
    }
    const { now, forbidden, clause } = await lockedOf(trx, { row, round }, field);
    if (forbidden) {
      return refused(403, {
        code: 'locked_after_admission',
        message: '已经受理，申报单位和项目负责人不能再改，没有例外。',
        remedy: '本通知没有安排受理后的变更。',
        ...(clause && { clause }),
      });
    }
    const after = asked.after.trim();
    const wrong = (await whyNot(trx, { row, round }, { field, after, now })) ?? reasonMissing(asked.reason);
    if (wrong) return wrong;
    if (await openChange(trx, applicationId, field)) {
      return refused(409, {
        code: 'already_proposed',
        message: '这一项已经有一份变更在等批准。',
        remedy: '请先由另一位人员批准或者否决。',
      });
    }
    const proposal = { proposedBy: by.actor.personId, proposedAt: by.at, reason: asked.reason.trim() };
    await insertChange(trx, { applicationId, field, before: now, after, ...proposal });
    await context.log(trx, {
      ...eventBy(by, { action: 'proposeLockedChange', applicationId }, STEP.role),
      outcome: 'done',
      detail: { field, before: now, after, reason: asked.reason.trim() },
    });
    return ok(undefined);
  });

const reasonMissing = (reason: string): Refused | undefined =>
  reason.trim() === ''
    ? refused(422, {
        code: 'reason_missing',
        message: '没有写变更的理由。',
        where: 'reason',
        remedy: '请写明理由，会留在记录里。',
      })
    : undefined;

async function whyNot(
  trx: Trx,
  { row }: Opened,
  { field, after, now }: { field: LockedField; after: string; now: string },
): Promise<Refused | undefined> {
  const wrong = (message: string, remedy: string) =>
    refused(422, { code: 'no_such_value', message, where: 'after', remedy });
  if (after === '' || after === now) return wrong('没有写要改成什么。', '请写明变更后的内容。');
  if (field === 'organisation' && !(await approvedOrganisation(trx, row.authorityId, after))) {
    return wrong(`没有统一社会信用代码为${after}、已通过审核的单位。`, '请核对代码；新单位须先注册并通过审核。');
  }
  if (field === 'principalInvestigator') {
    const { members } = await applicationContentOf(trx, row.id);
    if (!memberNamed(members, after))
      return wrong(`项目组成员里没有${after}。`, '新的负责人须是申报书所列的项目组成员。');
  }
  return undefined;
}
