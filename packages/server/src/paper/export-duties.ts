import { officialInstant } from '@keshen/rules';
import { writeXlsx } from 'hucre/xlsx';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, type Result } from '../platform/http/result.ts';
import { type DutyFilters, listDuties } from './list-duties.ts';

const COLUMNS = [
  { header: '编号', key: 'number', width: 22 },
  { header: '项目名称', key: 'title', width: 44 },
  { header: '申报单位', key: 'organisationName', width: 28 },
  { header: '推荐部门', key: 'departmentName', width: 24 },
  { header: '材料', key: 'paperTitle', width: 34 },
  { header: '应交份数', key: 'copies', width: 10 },
  { header: '已收份数', key: 'held', width: 10 },
  { header: '时限', key: 'due', width: 44 },
  { header: '情况', key: 'standingLabel', width: 14 },
  { header: '最近收到', key: 'received', width: 22 },
  { header: '版本码（清单码）', key: 'versionCode', width: 26 },
];

/** The list of papers as on the screen, as an Excel workbook. */
export async function exportDuties(context: Context, by: By, filters: DutyFilters): Promise<Result<Uint8Array>> {
  const listed = await listDuties(context, by, filters);
  if (!listed.ok) return listed;
  const data = listed.value.items.map(({ deliveries, seals: _seals, ...duty }) => {
    const last = deliveries.find(({ voidedAt }) => voidedAt === null);
    return {
      ...duty,
      organisationName: duty.organisationName ?? '',
      received: last ? officialInstant(Date.parse(last.receivedAt)) : '',
    };
  });
  const content = await writeXlsx({
    sheets: [{ name: '纸质材料', columns: COLUMNS, data, freezePane: { rows: 1 } }],
    defaultFont: { name: '宋体', size: 11 },
  });
  return ok(content);
}
