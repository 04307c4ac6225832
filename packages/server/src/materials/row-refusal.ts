import type { Application, MaterialDefinition } from '@keshen/rules';
import { refused, type Refused } from '../platform/http/result.ts';

/** A material asked for each row belongs to a row that exists; any other belongs to none. Undefined when that holds. */
export function rowRefusal(
  { key, title, forEach }: MaterialDefinition,
  row: string | undefined,
  application: Application,
): Refused | undefined {
  const refuse = (message: string, remedy: string) =>
    refused(422, { code: 'wrong_row', message, where: `materials.${key}`, remedy });
  if (!forEach) {
    return row === undefined ? undefined : refuse(`“${title}”不分行上传。`, '请刷新页面后重新上传。');
  }
  if (row === undefined) return refuse(`“${title}”须逐项上传，没有指明属于哪一项。`, '请在对应的一行旁边上传。');
  return rowsOf(forEach.list, application).includes(row)
    ? undefined
    : refuse(`“${title}”所属的那一行不存在，可能已被删除。`, '请先保存表格，再在对应的一行旁边上传。');
}

type List = NonNullable<MaterialDefinition['forEach']>['list'];

function rowsOf(list: List, application: Application): string[] {
  if (list.from === 'items') return list.rows.map(({ id }) => id);
  const [section = '', field = ''] = list.from === 'table' ? list.path.split('.') : [];
  const rows = application[section]?.[field];
  return Array.isArray(rows)
    ? rows.flatMap((row) => (typeof row === 'object' && 'id' in row ? [String(row.id)] : []))
    : [];
}
