import { officialInstant } from '@keshen/rules';
import type { Db } from '../../platform/db/schema.ts';
import { hashToken } from '../../platform/http/actor.ts';
import { ok, refused, type Refused, type Result } from '../../platform/http/result.ts';
import { findLink, type LinkRow, type Purpose } from './store.ts';

const MINUTE_MS = 60_000;
const toTheMinute = (at: Date): string => officialInstant(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

const ASK_AGAIN = '请向给您链接的人（单位管理员或管理部门）要一个新的链接。';

/** The link if it works. Whoever carries a real one may know its fate; a forged one is not told apart from that of a closed account. */
export function workingLink(link: LinkRow | undefined, at: Date): Result<LinkRow> {
  const over = (message: string, remedy = ASK_AGAIN): Refused => refused(410, { code: 'link_over', message, remedy });
  if (!link || link.disabledAt) return over('这个链接无效。', '请核对链接是否复制完整；仍然无效的，请要一个新的链接。');
  if (link.usedAt) {
    return over(
      `这个链接已在${toTheMinute(link.usedAt)}用过，每个链接只能用一次。`,
      `密码是您自己设的，请直接登录；不是您设的，${ASK_AGAIN}`,
    );
  }
  if (link.withdrawnAt)
    return over('这个链接已作废，另有新的链接。', '请用最新的链接；没有收到的，请向给您链接的人要。');
  if (link.expiresAt <= at) return over(`这个链接已在${toTheMinute(link.expiresAt)}过期。`);
  return ok(link);
}

/** Whose password a link sets, and until when. Reading does not use it up. */
export async function readLink(
  db: Db,
  token: string,
  at: Date,
): Promise<Result<{ purpose: Purpose; login: string; name: string; expiresAt: Date }>> {
  const link = workingLink(await findLink(db, hashToken(token)), at);
  if (!link.ok) return link;
  const { purpose, login, name, expiresAt } = link.value;
  return ok({ purpose, login, name, expiresAt });
}
