import type { Readable } from 'node:stream';
import { attempt, type By, eventBy } from '../applications/index.ts';
import { loadRound, windowVerdict } from '../calls/index.ts';
import { inspectFile, textOfPdf } from '../materials/index.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { cleanFileName } from '../materials/index.ts';
import { readVersionCode } from '../platform/signing/index.ts';
import { stillWorkable } from './open-list.ts';
import { findList, getList, lockList, type ListRow, setScan } from './store.ts';

/** `code`: the list's code as it stands on the scan, typed by whoever uploads it. */
export type Scan = { listId: string; part: 'sealedScan' | 'letter'; name: string; code?: string; content: Readable };

const MOST_BYTES = 50 * 1024 * 1024;
const TITLES = { sealedScan: '盖章清单扫描件', letter: '推荐文件扫描件' };

/**
 * Takes the scan of the sealed list or of the letter. The sealed list must be the one that is current: its code is read from the scan's
 * text where it has one, and otherwise typed by the person, who thereby looks at the paper.
 */
export async function uploadScan(context: Context, by: By, scan: Scan): Promise<Result<ListRow>> {
  const { listId, part } = scan;
  const what = { action: 'uploadScan', subject: { kind: 'recommendationList', id: listId } };
  const allowed = await attempt(context, by, what, async (trx) => mayUpload(context, by, await findList(trx, listId)));
  if (!allowed.ok) return allowed;

  const reception = await context.files.receive(scan.content, MOST_BYTES);
  if (!reception.ok) {
    return attempt(context, by, what, async () => (reception.reason === 'too_large' ? tooLarge(part) : cutShort()));
  }
  const { file } = reception;
  try {
    const asked = { key: part, title: TITLES[part], accept: ['pdf'] };
    const inspected = await inspectFile(file, asked, undefined);
    const text = inspected.ok && part === 'sealedScan' ? await textOfPdf(file.path) : '';
    return await attempt(context, by, what, async (trx) => {
      if (!inspected.ok) return inspected;
      const list = await mayUpload(context, by, await lockList(trx, listId));
      if (!list.ok) return list;
      const other = part === 'sealedScan' ? anotherList(list.value, text, scan.code) : undefined;
      if (other) return other;
      await file.keep();
      const { sha256, bytes } = file;
      const name = cleanFileName(scan.name, `${TITLES[part]}.pdf`);
      await setScan(trx, listId, part, { sha256, bytes, name, storedAt: by.at });
      await context.log(trx, {
        ...eventBy(by, what, 'recommendingDepartment'),
        outcome: 'done',
        detail: { part, sha256, bytes },
      });
      return ok(await getList(trx, listId));
    });
  } finally {
    await file.discard();
  }
}

/** The list's own department, while the list counts and the time for delivering is not over. */
async function mayUpload(context: Context, by: By, found: ListRow | undefined): Promise<Result<ListRow>> {
  const list = stillWorkable(by, found);
  if (!list.ok) return list;
  const round = await loadRound(context, list.value.roundId);
  if (!round) throw new Error(`list ${list.value.id} has no round`);
  const window = windowVerdict(round, 'deliver', by.at, { departmentId: list.value.departmentId });
  return window.ok ? list : window;
}

/** Undefined when the scan is of this list. */
function anotherList({ code }: ListRow, text: string, typed: string | undefined): Refused | undefined {
  const printed: string[] = text.match(/[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/g) ?? [];
  if (printed.includes(code)) return undefined;
  const remedy = '请核对是不是最新导出的清单：盖章的必须是当前这一份。';
  if (printed.length > 0) {
    return refused(422, {
      code: 'another_list',
      message: `扫描件上的清单码是${printed[0]}，与当前清单${code}不同，没有保存。`,
      remedy,
    });
  }
  if (typed === undefined) {
    return refused(422, {
      code: 'code_needed',
      message: '扫描件里读不出清单码，请看着扫描件输入二维码旁的清单码。',
      where: 'code',
      remedy: '清单码共16位，每4位一组，印在清单首页二维码旁和每页页脚。',
    });
  }
  if (readVersionCode(typed) === code) return undefined;
  return refused(422, {
    code: 'another_list',
    message: `输入的清单码与当前清单${code}不同，没有保存。`,
    where: 'code',
    remedy,
  });
}

const tooLarge = (part: Scan['part']): Refused =>
  refused(413, { code: 'too_large', message: `${TITLES[part]}不能超过 50 MB。`, remedy: '请降低扫描分辨率后再上传。' });

const cutShort = (): Refused =>
  refused(400, { code: 'cut_short', message: '上传中断，文件没有收全，没有保存。', remedy: '请重新上传。' });
