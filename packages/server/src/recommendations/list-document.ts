import { officialInstant } from '@keshen/rules';
import qrcode from 'qrcode';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { brokenCell, brokenHead, layoutOf } from './column-widths.ts';
import { stateOfList } from './list-summary.ts';
import type { ListRow } from './store.ts';

const ALIGNMENTS = { serial: 'center', money: 'right', date: 'center', text: 'left' } as const;

/**
 * The frozen list as PDF: always the content that was exported, marked when it no longer counts. Each page carries a QR with the list's
 * code and the page's number, so that a scan tells which pages it has. The same list is the same file, byte for byte.
 */
export async function renderList(context: Context, list: ListRow): Promise<Result<{ bytes: Buffer; pages: number }>> {
  const missing = context.documents.missingCharacters(JSON.stringify(list.content));
  if (missing.length > 0) {
    return refused(422, {
      code: 'missing_characters',
      message: `有${missing.length}个字打印不出来：${missing.slice(0, 20).join(' ')}。`,
      remedy: '请联系系统管理员加装字库。',
    });
  }
  const { hash, content } = list;
  const { publicUrl } = context.config;
  const rehearsal = content.mode === 'rehearsal';
  const token = context.signer.tokenFor({ kind: 'list', rehearsal, id: list.id, hash, call: content.callKey });
  const verifyUrl = `${publicUrl}/v/${token}`;
  const codeUrl = `${publicUrl}/v/${list.code.replaceAll('-', '')}`;
  const set = async (pageCodes: number) =>
    context.documents.render({
      template: 'recommendation-list',
      data: { ...listModel(list, verifyUrl), codeUrl, pageCodes },
      images: {
        'qr.svg': await qr(verifyUrl),
        'code.svg': await qr(codeUrl),
        ...(await pageImages(codeUrl, pageCodes)),
      },
      // The export's own time, not the print's.
      createdAt: list.exportedAt,
    });
  // How many pages it takes is known only once it is set: a guess that is too low is set again.
  const guessed = 2 + Math.ceil(content.rows.length / 6);
  const first = await set(guessed);
  return ok(first.pages > guessed ? await set(first.pages) : first);
}

const qr = (text: string) => qrcode.toString(text, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });

/** What stands at the foot of a page: `?p=` is the page, which a telephone's browser may ignore. */
async function pageImages(codeUrl: string, pages: number): Promise<Record<string, string>> {
  const images: Record<string, string> = {};
  for (let page = 1; page <= pages; page++) images[`page-${page}.svg`] = await qr(`${codeUrl}?p=${page}`);
  return images;
}

function listModel(list: ListRow, verifyUrl: string) {
  const { content, code, voidReason } = list;
  const voided = stateOfList(list) === 'voided';
  const rehearsal = content.mode === 'rehearsal';
  const { flipped, size, widths, wholes } = layoutOf(content);
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
    head: content.head ?? [],
    count: content.entries.length,
    columns: content.columns.map(({ title, type }, index) => ({
      label: brokenHead(title),
      width: widths[index],
      // Its column is as wide as its longest word.
      whole: wholes[index],
      align: ALIGNMENTS[type],
    })),
    flipped,
    size,
    rows: content.rows.map((row) => row.map((cell, index) => brokenCell(cell, content.columns[index]?.type ?? ''))),
    totals: totalRow(content.totals),
    footnotes: content.footnotes,
  };
}

/** The word 合计 stands in the first two columns, which never hold an amount. */
const totalRow = (totals: readonly string[] | undefined): string[] =>
  totals ? totals.map((cell, index) => (index === 1 ? '合计' : cell)) : [];
