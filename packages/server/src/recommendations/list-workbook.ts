import { officialInstant } from '@keshen/rules';
import { writeXlsx } from 'hucre/xlsx';
import type { Context } from '../platform/context.ts';
import { stateOfList } from './list-summary.ts';
import type { ListRow } from './store.ts';

const STATES = { current: '有效', voided: '已失效', delivered: '已报送' };
const WIDTHS = { serial: 6, money: 18, date: 16, text: 28 };

/** The frozen list as an Excel workbook with its code; amounts are numbers in 万元. */
export function listWorkbook({ config }: Pick<Context, 'config'>, list: ListRow): Promise<Uint8Array> {
  const { columns, rows, title, department, departmentWord, mode, head = [], totals, footnotes } = list.content;
  const top = [
    [title],
    [`${departmentWord}：${department}`, ...head.map(({ label, value }) => `${label}：${value}`)],
    [
      `清单码：${list.code}（${officialInstant(list.exportedAt.getTime())}导出，下载时${STATES[stateOfList(list)]}）${mode === 'rehearsal' ? '　演练，没有效力' : ''}`,
    ],
    [`导出后推荐的项目有变化的，清单失效；是否有效，请到 ${config.publicUrl}/v?code=${list.code} 核验。`],
    columns.map((column) => column.title),
  ];
  const isNumber = (index: number) => columns[index]?.type === 'money' || columns[index]?.type === 'serial';
  const cells = (row: readonly string[]) =>
    row.map((cell, index) => (isNumber(index) && cell !== '' ? Number(cell) : cell));
  const total = totals ? [cells(totals.map((cell, index) => (index === 1 ? '合计' : cell)))] : [];
  return writeXlsx({
    sheets: [
      {
        name: '清单',
        rows: [...top, ...rows.map(cells), ...total, [], ...footnotes.map((note) => [note])],
        columns: columns.map(({ type }) => ({ width: WIDTHS[type] })),
        freezePane: { rows: top.length },
      },
    ],
    defaultFont: { name: '宋体', size: 11 },
  });
}
