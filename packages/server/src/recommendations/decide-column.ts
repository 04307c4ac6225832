import type { ListColumn } from '@keshen/rules';
import {
  type ApplicationRow,
  attempt,
  type By,
  eventBy,
  lockApplication,
  noSuchApplication,
  queueForDepartment,
  voidCurrentList,
} from '../applications/index.ts';
import { type LoadedRound, loadRound, windowVerdict } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { decisionsOn, putDecision, takeDecisionBack } from './store-decisions.ts';

export type Decided = { applicationId: string; column: string; text: string };

/** The columns that the department fills in itself. */
export const decidedColumns = ({ compiled }: LoadedRound): ListColumn[] =>
  compiled.documents.recommendationList.columns.filter(({ decidedBy }) => decidedBy === 'recommendingDepartment');

/**
 * The department writes what it found for a column of its list; an empty text takes it back. What changes a list that was already
 * exported voids it.
 */
export const decideColumn = (
  context: Context,
  by: By,
  { applicationId, column: key, text: typed }: Decided,
): Promise<Result<Decided>> =>
  attempt(context, by, { action: 'decideColumn', applicationId }, async (trx) => {
    const row = await lockApplication(trx, applicationId);
    const isOurs = by.actor.grants.some(
      ({ role, departmentId }) => role === 'recommendingDepartment' && departmentId === row?.departmentId,
    );
    const round = row && isOurs && (await loadRound({ db: trx, reference: context.reference }, row.roundId));
    if (!row || !round || !REACHED.has(row.state)) return noSuchApplication();
    const column = decidedColumns(round).find((candidate) => candidate.key === key);
    if (!column) {
      return refused(404, { code: 'no_such_column', message: '这份清单没有这一列，或者这一列不由您审定。' });
    }
    if (!CHANGEABLE.has(row.state)) {
      return refused(409, {
        code: 'already_delivered',
        message: `${row.number}已经报送，“${column.title}”不能再改。`,
        remedy: '确有错误的，请联系省级主管部门。',
      });
    }
    const window = windowVerdict(round, 'deliver', by.at, row);
    if (!window.ok) return window;

    await queueForDepartment(trx, row);
    const text = typed.trim();
    const before = (await decisionsOn(trx, [applicationId])).get(applicationId)?.get(key) ?? '';
    if (text === before) return ok({ applicationId, column: key, text });
    if (text === '') await takeDecisionBack(trx, { applicationId, columnKey: key });
    else
      await putDecision(trx, { applicationId, columnKey: key, text, decidedBy: by.actor.personId, decidedAt: by.at });
    if (row.state === 'recommended') {
      await voidCurrentList(trx, row, { at: by.at, reason: `改了审定的内容：${row.number} ${row.title}` });
    }
    await context.log(trx, {
      ...eventBy(by, { action: 'decideColumn', applicationId }, 'recommendingDepartment'),
      outcome: 'done',
      detail: { column: key, before, text },
    });
    return ok({ applicationId, column: key, text });
  });

const CHANGEABLE: ReadonlySet<string> = new Set(['with_department', 'recommended']);
const REACHED: ReadonlySet<string> = new Set([...CHANGEABLE, 'delivered']);

/** Names the first application with a column that nobody has decided, and counts the rest. */
export function undecidedRefusal(
  round: LoadedRound,
  rows: readonly ApplicationRow[],
  decisions: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Refused | undefined {
  const open = rows.flatMap((row) =>
    decidedColumns(round)
      .filter(({ key }) => !decisions.get(row.id)?.has(key))
      .map((column) => ({ row, column })),
  );
  const [first] = open;
  if (!first) return undefined;
  return refused(422, {
    code: 'columns_undecided',
    message: `${first.row.number}“${first.row.title}”的“${first.column.title}”还没有审定${open.length > 1 ? `，此外还有${open.length - 1}处` : ''}，不能导出${round.compiled.words.recommendationList}。`,
    where: `${first.row.id}.${first.column.key}`,
    remedy: '请在“审定各列”里逐项填写后再导出。',
  });
}
