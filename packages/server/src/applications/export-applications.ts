import { officialInstant } from '@keshen/rules';
import { writeXlsx } from 'hucre/xlsx';
import type { Context } from '../platform/context.ts';
import type { FindingKind } from '../platform/db/schema.ts';
import { reachesOf } from './access.ts';
import type { By } from './attempt.ts';
import { type Wanted, withDue } from './list-applications.ts';
import { roundsOf } from './rounds-of.ts';
import { searchApplications } from './store-listing.ts';
import { stateLabel } from './words.ts';

/** A workbook holds this many rows at most; more is a task for a report, not for a list. */
const MOST_ROWS = 20_000;

const COLUMNS = [
  { header: '申报编号', key: 'number', width: 18 },
  { header: '申报通知', key: 'callTitle', width: 36 },
  { header: '类别', key: 'mode', width: 8 },
  { header: '项目名称', key: 'title', width: 48 },
  { header: '申报方向', key: 'topic', width: 24 },
  { header: '申报单位', key: 'organisationName', width: 30 },
  { header: '推荐部门', key: 'departmentName', width: 24 },
  { header: '申报人', key: 'applicantName', width: 12 },
  { header: '状态', key: 'state', width: 20 },
  { header: '条款核对', key: 'findings', width: 20 },
  { header: '版本码', key: 'versionCode', width: 24 },
  { header: '提交时间', key: 'submittedAt', width: 22 },
  { header: '最后修改', key: 'updatedAt', width: 22 },
];

/** What the rules found, in a word. */
const FINDING_KINDS: Record<FindingKind, string> = {
  person: '须人工判断',
  explained: '已作说明',
  against: '不符合',
  unknown: '资料不全',
};

/** The same list as on the screen, without pages, as an Excel workbook. */
export async function exportApplications(
  context: Context,
  { actor, at }: Pick<By, 'actor' | 'at'>,
  wanted: Omit<Wanted, 'offset' | 'limit'>,
): Promise<Uint8Array> {
  const page = { ...(await withDue(context, actor, wanted, at)), offset: 0, limit: MOST_ROWS };
  const { items } = await searchApplications(context.db, reachesOf(actor), page);
  const roundOf = await roundsOf(
    context,
    context.db,
    items.map(({ roundId }) => roundId),
  );
  const data = items.map(({ coEditorIds: _whoElse, findingKinds, ...row }) => {
    const call = roundOf(row.roundId).compiled;
    return {
      ...row,
      callTitle: call.title,
      mode: row.mode === 'rehearsal' ? '演练' : '正式',
      topic: call.topics.find(({ code }) => code === row.topic)?.title ?? row.topic ?? '',
      state: stateLabel(row.state, call),
      findings: findingKinds.map((kind) => FINDING_KINDS[kind]).join('、'),
      versionCode: row.versionCode ?? '',
      submittedAt: row.submittedAt ? toMinute(row.submittedAt) : '',
      updatedAt: toMinute(row.updatedAt),
    };
  });
  return writeXlsx({
    sheets: [{ name: '申报列表', columns: COLUMNS, data, freezePane: { rows: 1 } }],
    defaultFont: { name: '宋体', size: 11 },
  });
}

const toMinute = (at: Date): string => officialInstant(Math.floor(at.getTime() / 60_000) * 60_000);
