import type { Brought } from '@keshen/rules';
import { findApplication, findApplicationByCode, snapshotsOf } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import type { Db } from '../platform/db/schema.ts';
import { refused, type Result, ok } from '../platform/http/result.ts';
import { readVersionCode } from '../platform/signing/index.ts';
import { findList, findListByCode, findPledge, findPledgeByCode, type PledgeRow } from '../recommendations/index.ts';
import { deliveredListSubject, findApplicationSubject, findListSubject, type PaperSubject } from './store.ts';

export type OnPaper = { subject: PaperSubject; version: Brought['version']; versionCode: string };

/**
 * What the desk's scanner read, or somebody typed: the address in the QR, its token alone, or the sixteen characters. It answers of what
 * the paper is a print, and whether of the version that counts now.
 */
export async function readCode(
  { db, signer }: { db: Db; signer: Context['signer'] },
  scanned: string,
): Promise<Result<OnPaper>> {
  const text = scanned.trim().split('/').at(-1) ?? '';
  const code = readVersionCode(text);
  if (code) return (await byCode(db, code)) ?? unknown();
  const token = signer.open(text);
  if (!token) {
    return refused(422, {
      code: 'not_ours',
      message: '这个码不是本系统的，或者没有读全。',
      where: 'code',
      remedy: '请再扫一次，或输入页脚的16位版本码（清单码）。',
    });
  }
  if (token.kind === 'list') {
    const list = await findList(db, token.id);
    return list?.hash.startsWith(token.hash) ? ofList(db, list) : unknown();
  }
  if (token.kind === 'pledge') {
    const pledge = await findPledge(db, token.id);
    return pledge?.hash.startsWith(token.hash) ? ofPledge(db, pledge) : unknown();
  }
  const subject = await findApplicationSubject(db, token.id);
  if (!subject) return (await findApplication(db, token.id)) ? draft() : unknown();
  const printed = (await snapshotsOf(db, token.id)).find(({ hash }) => hash.startsWith(token.hash));
  return ok(onPaper(subject, printed?.versionCode));
}

async function byCode(db: Db, code: string): Promise<Result<OnPaper> | undefined> {
  const list = await findListByCode(db, code);
  if (list) return ofList(db, list);
  const pledge = await findPledgeByCode(db, code);
  if (pledge) return ofPledge(db, pledge);
  const found = await findApplicationByCode(db, code);
  const subject = found && (await findApplicationSubject(db, found.row.id));
  return subject && ok(onPaper(subject, code));
}

const onPaper = (subject: PaperSubject, versionCode: string | undefined): OnPaper => ({
  subject,
  version: versionCode === undefined ? 'draft' : versionCode === subject.versionCode ? 'current' : 'superseded',
  versionCode: versionCode ?? '',
});

async function ofList(
  db: Db,
  list: { id: string; code: string; voidedAt: Date | null; deliveredAt: Date | null },
): Promise<Result<OnPaper>> {
  const subject = await findListSubject(db, list.id);
  if (subject) return ok(onPaper(subject, list.code));
  return list.voidedAt
    ? notDelivered('这份清单导出后推荐的项目有变化，已经失效', '请送重新导出并盖章的清单。')
    : notDelivered('这份清单还没有在网上报送');
}

/** A department's pledge goes with the list it delivered. */
async function ofPledge(db: Db, pledge: PledgeRow): Promise<Result<OnPaper>> {
  const subject = await deliveredListSubject(db, pledge);
  return subject ? ok(onPaper(subject, subject.versionCode)) : notDelivered('这个部门的清单还没有在网上报送');
}

const notDelivered = (what: string, remedy = '请先在网上报送，再送纸质的。') =>
  refused(422, { code: 'list_not_delivered', message: `${what}，不收。`, where: 'code', remedy });

const draft = () =>
  refused(422, {
    code: 'draft_paper',
    message: '这是草稿打印的，网上还没有提交过，不收。',
    where: 'code',
    remedy: '请先在网上提交，再打印提交后的版本。',
  });

const unknown = () =>
  refused(404, {
    code: 'unknown_code',
    message: '没有查到这个码对应的申报书或清单。',
    where: 'code',
    remedy: '草稿凭页脚的码查不到，请扫封面上的码；演练数据清除后也查不到。',
  });
