import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { shiftFor } from './rehearsal.ts';
import { loadRound } from './round.ts';
import { deleteContents, updateRound } from './store.ts';

type Change = {
  roundId: string;
  authorityId: string | undefined;
  at: Date;
  request: { address: string; requestId: string };
};

/** Moves the windows of a rehearsal so that they open now. Its data stay. */
export async function restartRehearsal(
  context: Context,
  actor: Actor,
  change: Change,
): Promise<Result<{ shiftMs: number }>> {
  return transact(context.db, async (trx) => {
    const loaded = await loadRound({ db: trx, reference: context.reference }, change.roundId);
    if (!loaded || loaded.round.authorityId !== change.authorityId) return noRound();
    if (loaded.mode !== 'rehearsal') return notARehearsal();
    const shiftMs = shiftFor(loaded.compiled, change.at);
    await updateRound(trx, change.roundId, { shiftMs, openedAt: change.at });
    await context.log(trx, eventOf('restartRehearsal', actor, change, { shiftMs }));
    return ok({ shiftMs });
  });
}

/** Deletes every application and list of a rehearsal. `confirm` must be the call's title, typed again. */
export async function clearRehearsal(
  context: Context,
  actor: Actor,
  change: Change & { confirm: string },
): Promise<Result<{ applications: number; lists: number }>> {
  return transact(context.db, async (trx) => {
    const loaded = await loadRound({ db: trx, reference: context.reference }, change.roundId);
    if (!loaded || loaded.round.authorityId !== change.authorityId) return noRound();
    if (loaded.mode !== 'rehearsal') return notARehearsal();
    if (change.confirm.trim() !== loaded.compiled.title) {
      return refused(422, {
        code: 'not_confirmed',
        message: '输入的名称与申报通知的名称不一致，没有清除任何数据。',
        where: 'confirm',
        remedy: `确要清除的，请输入：${loaded.compiled.title}`,
      });
    }
    const deleted = await deleteContents(trx, change.roundId);
    await context.log(trx, eventOf('clearRehearsal', actor, change, deleted));
    return ok(deleted);
  });
}

const eventOf = (action: string, actor: Actor, { roundId, at, request }: Change, detail: Record<string, unknown>) => ({
  at,
  actor,
  role: 'programmeOfficer' as const,
  action,
  outcome: 'done' as const,
  subjectKind: 'round',
  subjectId: roundId,
  detail,
  request,
});

export const noRound = (): Refused => refused(404, { code: 'not_found', message: '没有这个申报通知。' });

const notARehearsal = (): Refused =>
  refused(409, { code: 'not_a_rehearsal', message: '这是正式申报，不是演练，不能平移时间或清除数据。' });
