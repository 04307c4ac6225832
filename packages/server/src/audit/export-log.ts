import { Readable } from 'node:stream';
import { officialInstant } from '@keshen/rules';
import { writeCsvStream } from 'hucre/csv';
import { writeXlsxStream } from 'hucre/xlsx';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { filterInWords, lineOf, logReading } from './read-log.ts';
import * as store from './store.ts';

const COLUMNS = [
  { header: '序号', key: 'id', width: 10 },
  { header: '时间', key: 'at', width: 26 },
  { header: '姓名', key: 'personName', width: 14 },
  { header: '登录名', key: 'login', width: 18 },
  { header: '角色', key: 'role', width: 14 },
  { header: '操作', key: 'label', width: 18 },
  { header: '结果', key: 'outcome', width: 10 },
  { header: '对象', key: 'subject', width: 44 },
  { header: '申报编号', key: 'applicationNumber', width: 18 },
  { header: '网络地址', key: 'address', width: 18 },
  { header: '请求编号', key: 'requestId', width: 38 },
  { header: '说明', key: 'detail', width: 60 },
  { header: '校验值', key: 'hash', width: 66 },
];

export type ExportKind = 'csv' | 'xlsx';

/** The log as a file that is written while it is read, so that its length does not matter. Logged before the first row leaves. */
export async function exportLog(
  context: Context,
  by: By,
  kind: ExportKind,
  filter: store.EventFilter,
): Promise<Readable> {
  await logReading(context, by, 'exportLog', { ...filterInWords(filter), kind });
  const rows = rowsOf(context, filter);
  const stream =
    kind === 'csv'
      ? writeCsvStream(rows, { headers: COLUMNS.map(({ header }) => header), bom: true, escapeFormulae: true })
      : writeXlsxStream(rows, { name: '日志', columns: COLUMNS, freezePane: { rows: 1 } });
  return Readable.fromWeb(stream);
}

async function* rowsOf({ db }: Context, filter: store.EventFilter): AsyncGenerator<(string | number)[]> {
  for await (const event of store.eachEvent(db, filter)) {
    const line = lineOf(event);
    yield [
      line.id,
      officialInstant(event.at.getTime()),
      line.personName ?? '',
      line.login ?? '',
      line.role,
      line.label,
      line.outcome === 'done' ? '完成' : '被拒绝',
      line.subject,
      line.applicationNumber ?? '',
      line.address ?? '',
      line.requestId ?? '',
      JSON.stringify(line.detail),
      line.hash,
    ];
  }
}
