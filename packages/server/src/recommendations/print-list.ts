import { officialInstant } from '@keshen/rules';
import { writeXlsx } from 'hucre/xlsx';
import qrcode from 'qrcode';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { ServedFile } from '../platform/files/index.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { stateOfList } from './list-summary.ts';
import { openList } from './open-list.ts';
import type { ListRow } from './store.ts';

const ALIGNMENTS = { serial: 'center', money: 'right', date: 'center', text: 'left' } as const;

/** The frozen list as PDF with its QR code: always the content that was exported, marked when it no longer counts. */
export async function printList(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const opened = await openList(context.db, by, id);
  if (!opened.ok) return opened;
  const list = opened.value;
  const missing = context.documents.missingCharacters(JSON.stringify(list.content));
  if (missing.length > 0) {
    return refused(422, {
      code: 'missing_characters',
      message: `有${missing.length}个字打印不出来：${missing.slice(0, 20).join(' ')}。`,
      remedy: '请联系系统管理员加装字库。',
    });
  }
  const { hash, content } = list;
  const rehearsal = content.mode === 'rehearsal';
  const token = context.signer.tokenFor({ kind: 'list', rehearsal, id: list.id, hash });
  const verifyUrl = `${context.config.publicUrl}/v/${token}`;
  const pdf = await context.documents.render({
    template: 'recommendation-list',
    data: listModel(list, verifyUrl),
    images: { 'qr.svg': await qrcode.toString(verifyUrl, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }) },
    // The export's own time, so that the same list is the same file, byte for byte, whenever it is printed.
    createdAt: list.exportedAt,
  });
  return ok({
    content: pdf.bytes,
    bytes: pdf.bytes.length,
    mediaType: 'application/pdf',
    fileName: `${fileStem(list)}.pdf`,
  });
}

function listModel({ content, code, voidReason, ...list }: ListRow, verifyUrl: string) {
  const voided = stateOfList({ content, code, voidReason, ...list }) === 'voided';
  const rehearsal = content.mode === 'rehearsal';
  return {
    documentTitle: `${content.title}（${content.department}）`,
    author: content.department,
    rehearsal,
    mark: { text: [rehearsal ? '演练' : '', voided ? '已失效' : ''].filter(Boolean).join('·'), final: voided },
    header: [content.department, content.title],
    code,
    codeWord: '清单码',
    verifyUrl,
    title: content.title,
    department: content.department,
    departmentWord: content.departmentWord,
    callTitle: content.callTitle,
    exported: `第${content.ordinal}次导出，${officialInstant(list.exportedAt.getTime())}`,
    voided: voided ? `本清单已失效：${voidReason ?? ''}` : '',
    count: content.entries.length,
    columns: content.columns.map((column, index) => ({
      label: column.title,
      width: widthOf(
        column,
        content.rows.map((row) => row[index] ?? ''),
      ),
      align: ALIGNMENTS[column.type],
    })),
    rows: content.rows,
    footnotes: content.footnotes,
  };
}

/** Numbers and dates take what they need on one line; texts share the rest by the length of the longest. */
function widthOf({ type, byHand }: ListRow['content']['columns'][number], cells: string[]): string {
  if (type === 'serial') return '11mm';
  if (type === 'money') return '23mm';
  if (byHand) return '8fr';
  if (type === 'date' || cells.every((cell) => /^[\x21-\x7e]*$/.test(cell))) return 'auto';
  // A Latin letter is about half as wide as a Chinese character.
  const longest = Math.max(
    ...cells.map((cell) => Array.from(cell).reduce((sum, one) => sum + (one > '\u2e80' ? 1 : 0.5), 0)),
  );
  return `${Math.min(24, Math.max(5, longest))}fr`;
}

/** The frozen list as an Excel workbook; amounts are numbers in 万元. */
export async function exportListWorkbook(context: Context, by: By, id: string): Promise<Result<ServedFile>> {
  const opened = await openList(context.db, by, id);
  if (!opened.ok) return opened;
  const list = opened.value;
  const { columns, rows, title, department, mode } = list.content;
  const state = { current: '有效', voided: '已失效', delivered: '已报送' }[stateOfList(list)];
  const head = [
    [title],
    [`${list.content.departmentWord}：${department}`],
    [`清单码：${list.code}（${state}）${mode === 'rehearsal' ? '　演练' : ''}`],
    [],
    columns.map((column) => column.title),
  ];
  const body = rows.map((row) =>
    row.map((cell, index) =>
      columns[index]?.type === 'money' || columns[index]?.type === 'serial' ? Number(cell) : cell,
    ),
  );
  const content = await writeXlsx({
    sheets: [
      {
        name: '清单',
        rows: [...head, ...body, [], ...list.content.footnotes.map((note) => [note])],
        columns: columns.map(({ type }) => ({ width: { serial: 6, money: 18, date: 16, text: 28 }[type] })),
        freezePane: { rows: head.length },
      },
    ],
    defaultFont: { name: '宋体', size: 11 },
  });
  return ok({
    content,
    bytes: content.length,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    fileName: `${fileStem(list)}.xlsx`,
  });
}

const fileStem = ({ content, code }: ListRow): string => `${content.title}-${content.department}-${code}`;
