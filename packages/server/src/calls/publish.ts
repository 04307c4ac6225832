import { windowBounds } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { checksumOf, published } from './checksum.ts';
import type { LibraryCall } from './library.ts';
import { shiftFor } from './rehearsal.ts';
import { loadRound } from './round.ts';
import { findRoundOfCall, insertRound, insertVersion, saveAuthority, updateRound } from './store.ts';

/** Keeps each call as a version that never changes, and its authority with the recommending departments. */
export async function publishLibrary({ db, clock }: Context, calls: readonly LibraryCall[]): Promise<void> {
  for (const { compiled, authority } of calls) {
    const { departments, ...office } = authority;
    await saveAuthority(db, office, departments);
    await insertVersion(db, checksumOf(compiled), published(compiled), clock.now());
  }
}

/**
 * Opens each call in rehearsal, or brings its rehearsal to the call's present version. Windows that have run out since the last start
 * open anew; those that are open stay where they are.
 */
export async function openRehearsals(context: Context, calls: readonly LibraryCall[]): Promise<void> {
  const { db, clock } = context;
  for (const { key, compiled, authority } of calls) {
    const checksum = checksumOf(compiled);
    const now = clock.now();
    const round = await findRoundOfCall(db, key, 'rehearsal');
    await db.transaction().execute(async (trx) => {
      if (!round) {
        const shiftMs = shiftFor(compiled, now);
        await insertRound(trx, {
          callKey: key,
          authorityId: authority.id,
          checksum,
          mode: 'rehearsal',
          shiftMs,
          openedAt: now,
        });
        return;
      }
      const open = compiled.windows
        .filter((window) => window.actions.includes('createApplication'))
        .some((window) => now.getTime() < windowBounds(window, round.shiftMs).closes);
      await updateRound(trx, round.id, { checksum, ...(!open && { shiftMs: shiftFor(compiled, now), openedAt: now }) });
    });
  }
}

/** Opens a call for real, by a person's decision. A call that is open already moves to its present version (补充通知). */
export async function openLiveRound(
  context: Context,
  { key, compiled, authority }: LibraryCall,
): Promise<Result<{ roundId: string; checksum: string }>> {
  const { db, clock, log } = context;
  const checksum = checksumOf(compiled);
  const at = clock.now();
  return transact(db, async (trx) => {
    const open = await findRoundOfCall(trx, key, 'live');
    if (open) await updateRound(trx, open.id, { checksum });
    else {
      await insertRound(trx, {
        callKey: key,
        authorityId: authority.id,
        checksum,
        mode: 'live',
        shiftMs: 0,
        openedAt: at,
      });
    }
    const round = await findRoundOfCall(trx, key, 'live');
    const loaded = round && (await loadRound({ db: trx, reference: context.reference }, round.id));
    if (!loaded) return refused(500, { code: 'fault', message: '没有发布成功。' });
    await log(trx, {
      at,
      action: 'publishCall',
      outcome: 'done',
      subjectKind: 'round',
      subjectId: loaded.round.id,
      detail: { callKey: key, checksum },
    });
    return ok({ roundId: loaded.round.id, checksum });
  });
}
