import { findApplicationByCode } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import { readCodes, textOfPdf } from '../platform/inspection/index.ts';
import { readVersionCode } from '../platform/signing/index.ts';
import { codesInText, codesOnPages, type FoundCode, type ScanReading, unreadPages } from './codes-on-paper.ts';
import type { ReceivedScan } from './receive-scan.ts';
import { findPledgeByCode } from './store-pledges.ts';
import { findList, findListByCode, type ListRow } from './store.ts';

/** The paper that the scan has to be of. `word`: what people call it. */
export type Paper = {
  kind: 'list' | 'pledge';
  id: string;
  code: string;
  pages: number;
  word: string;
  roundId: string;
  departmentId: string;
};

/** What whoever uploads adds to the scan: the code as it stands on the paper, and that unreadable pages are there. */
export type Said = { code?: string; allPages?: boolean };

/**
 * Whether a scan is of this very paper, whole: its codes are read from the pages, else from the text layer; where there is none, a person
 * types it and thereby looks at the paper. A code of another paper refuses the scan and says which paper it is of.
 */
export async function matchScan(
  context: Context,
  { file, pages: scanned }: ReceivedScan,
  paper: Paper,
  said: Said,
): Promise<Result<ScanReading>> {
  const onPages = scanned === undefined ? [] : ((await readCodes(file.path, scanned)) ?? []);
  const byQr = codesOnPages(onPages, (token) => context.signer.open(token));
  const found = byQr.length > 0 ? byQr : codesInText(await textOfPdf(file.path));
  const others = found.filter((code) => !isOf(paper, code));
  // A signed token says more than the short code beside it.
  const other = others.find(({ is }) => is === 'token') ?? others[0];
  if (other) return tellOther(context.db, paper, other);
  const own = found.filter((code) => isOf(paper, code));
  const reading: ScanReading = {
    by: byQr.length > 0 ? 'qr' : own.length > 0 ? 'text' : 'typed',
    pages: paper.pages,
    ...(scanned !== undefined && { scanned }),
    read: [...new Set(own.flatMap(({ page }) => page ?? []))].toSorted((a, b) => a - b),
  };
  if (own.length === 0) {
    const typed = checkTyped(paper, said.code);
    if (typed) return typed;
  }
  return checkPages(paper, reading, said);
}

const isOf = (paper: Paper, found: FoundCode): boolean =>
  found.is === 'token'
    ? found.token.kind === paper.kind && found.token.id === paper.id
    : found.is === 'code' && found.code === paper.code;

/** Says which paper a code is of. */
async function tellOther(db: Db, paper: Paper, found: FoundCode): Promise<Refused> {
  if (found.is === 'forged') {
    return anotherPaper('forged_code', `扫描件第${found.onScan}页的二维码不是本系统签发的，或者已被改动，没有保存。`);
  }
  const isList = found.is === 'code' || found.token.kind === 'list';
  const list = !isList
    ? undefined
    : found.is === 'code'
      ? await findListByCode(db, found.code)
      : await findList(db, found.token.id);
  if (list && list.code !== paper.code) return otherList(paper, list);
  const kind = found.is === 'token' ? found.token.kind : await kindOfCode(db, found.code);
  if (kind) return anotherPaper('another_paper', `这是${WORDS[kind]}的扫描件，不是${paper.word}，没有保存。`);
  const code = found.is === 'code' ? found.code : '';
  return anotherPaper('another_list', `扫描件上的码是${code}，与当前${paper.word}${paper.code}不同，没有保存。`);
}

const WORDS = { list: '已经清除的清单', application: '申报书', pledge: '承诺书' };

async function kindOfCode(db: Db, code: string): Promise<'application' | 'pledge' | undefined> {
  if (await findApplicationByCode(db, code)) return 'application';
  return (await findPledgeByCode(db, code)) ? 'pledge' : undefined;
}

function otherList(paper: Paper, list: ListRow): Refused {
  const { code, content } = list;
  const unlike = (): string => {
    if (paper.kind !== 'list') return `这是${content.title}的扫描件`;
    if (list.roundId !== paper.roundId) {
      return content.mode === 'rehearsal'
        ? `扫描件是演练中导出的清单（${content.callTitle}，清单码${code}）`
        : `扫描件是另一轮申报的清单（${content.callTitle}，清单码${code}）`;
    }
    if (list.departmentId !== paper.departmentId)
      return `扫描件是别的${content.departmentWord}（${content.department}）的清单，清单码${code}`;
    return `扫描件是第${content.ordinal}次导出的清单（清单码${code}），已失效：${list.voidReason ?? ''}`;
  };
  return anotherPaper('another_list', `${unlike()}，与当前${paper.word}${paper.code}不同，没有保存。`);
}

const anotherPaper = (code: string, message: string): Refused =>
  refused(422, { code, message, remedy: '请核对盖章的是不是当前这一份，再扫描上传。' });

function checkTyped({ code, word }: Paper, typed: string | undefined): Refused | undefined {
  if (typed === undefined) {
    return refused(422, {
      code: 'code_needed',
      message: `扫描件里读不出${word}的码，请看着扫描件输入二维码旁的16位码。`,
      where: 'code',
      remedy: '码共16位，每4位一组，印在首页二维码旁和每页页脚。',
    });
  }
  if (readVersionCode(typed) === code) return undefined;
  return refused(422, {
    code: 'another_list',
    message: `输入的码与当前${word}${code}不同，没有保存。`,
    where: 'code',
    remedy: '请核对盖章的是不是当前这一份，再扫描上传。',
  });
}

/** All pages of the paper have to be there; where codes cannot be read on some, a person says so. */
function checkPages(paper: Paper, reading: ScanReading, said: Said): Result<ScanReading> {
  const { pages, scanned } = reading;
  if (scanned !== undefined && scanned < pages) {
    return refused(422, {
      code: 'pages_missing',
      message: `${paper.word}共${pages}页，扫描件只有${scanned}页，没有保存。`,
      remedy: '请把各页都扫描进同一个 PDF 再上传。',
    });
  }
  const unread = unreadPages(reading);
  // Read from a text layer or typed, the pages cannot be told apart; they are counted.
  if (reading.by !== 'qr' || unread.length === 0) return ok(reading);
  if (said.allPages) return ok({ ...reading, confirmed: true });
  return refused(422, {
    code: 'pages_unread',
    message: `${paper.word}共${pages}页，扫描件里第${unread.join('、')}页的二维码读不出来，没有保存。`,
    where: 'pages',
    remedy: '缺页的请补齐重新扫描；各页都在、只是二维码不清楚的，请核对后确认。',
  });
}
