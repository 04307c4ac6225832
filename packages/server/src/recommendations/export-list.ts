import { createHash } from 'node:crypto';
import {
  attempt,
  type By,
  currentListOf,
  eventBy,
  frozenContentOf,
  namingOf,
  queueForDepartment,
  recommendedRows,
  voidCurrentList,
} from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import { canonicalJson } from '../platform/audit/canonical.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { versionCode } from '../platform/signing/index.ts';
import { bonusPlatforms } from '../quotas/index.ts';
import { departmentIn, noSuchRound } from './department-of.ts';
import { undecidedRefusal } from './decide-column.ts';
import { type Contact, listContent } from './list-content.ts';
import { decisionsOn } from './store-decisions.ts';
import { getList, insertList, listsOf, type ListRow } from './store.ts';

/**
 * Freezes the list of everything the department recommends at this moment, in the order of the application numbers. The list exported
 * before loses its validity. `contact`: who answers for the list, where the call has a place for it in the head.
 */
export const exportList = (
  context: Context,
  by: By,
  { roundId, contact }: { roundId: string; contact?: Contact },
): Promise<Result<ListRow>> =>
  attempt(context, by, { action: 'exportList', subject: { kind: 'round', id: roundId } }, async (trx) => {
    const round = await loadRound({ db: trx, reference: context.reference }, roundId);
    const department = round && (await departmentIn(trx, by, round));
    if (!round || !department) return noSuchRound();
    const of = { roundId, departmentId: department.id };
    await queueForDepartment(trx, of);
    const word = round.compiled.words.recommendationList;
    const earlier = await listsOf(trx, of);
    const delivered = earlier.find(({ deliveredAt, voidedAt }) => deliveredAt && !voidedAt);
    if (delivered) {
      return refused(409, {
        code: 'already_delivered',
        message: `${word}已经报送，不能再导出。`,
        remedy: '确需补报的，请联系省级主管部门。',
      });
    }
    const rows = await recommendedRows(trx, of);
    if (rows.length === 0) {
      return refused(422, {
        code: 'nothing_recommended',
        message: `还没有确认推荐的项目，不能导出${word}。`,
        remedy: '请先逐项审核、确认推荐。',
      });
    }
    const { head } = round.compiled.documents.recommendationList;
    if (head && !contact) {
      return refused(422, {
        code: 'contact_missing',
        message: `${word}的页首要有${head.contact}和${head.phone}，还没有填写。`,
        where: 'contact',
        remedy: '请填写联系人和办公电话后再导出。',
      });
    }
    const ids = rows.map(({ id }) => id);
    const decisions = await decisionsOn(trx, ids);
    const undecided = undecidedRefusal(round, rows, decisions);
    if (undecided) return undecided;

    const listed = [];
    const platforms = await bonusPlatforms(trx, ids);
    for (const row of rows) {
      const bonusPlatform = platforms.get(row.id);
      const decided = decisions.get(row.id) ?? new Map<string, string>();
      const application = (await frozenContentOf(trx, row.id)).sections;
      listed.push({ row, application, decided, ...(bonusPlatform !== undefined && { bonusPlatform }) });
    }
    const linked = round.linkedAt(by.at);
    const content = listContent(
      { call: round.compiled, callVersion: round.round.checksum, form: linked.form, naming: namingOf(linked) },
      {
        mode: round.mode,
        department: department.name,
        ordinal: (earlier[0]?.ordinal ?? 0) + 1,
        exportedAt: by.at.toISOString(),
        contact,
      },
      listed,
    );
    const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');

    if (await currentListOf(trx, of)) await voidCurrentList(trx, of, { at: by.at, reason: `重新导出了${word}` });
    const id = await insertList(trx, {
      ...of,
      ordinal: content.ordinal,
      code: versionCode(hash),
      content,
      hash,
      exportedBy: by.actor.personId,
      exportedAt: by.at,
    });
    await context.log(trx, {
      ...eventBy(by, { action: 'exportList', subject: { kind: 'recommendationList', id } }, 'recommendingDepartment'),
      outcome: 'done',
      detail: { code: versionCode(hash), hash, entries: content.entries.length, roundId },
    });
    return ok(await getList(trx, id));
  });
