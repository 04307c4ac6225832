import { NOTICE_KINDS, type NoticeKind, officialInstant } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/db/transact.ts';
import { rateLimit } from '../platform/db/rate-limit.ts';
import { ok, refused, type Refused, type Result } from '../platform/http/result.ts';
import type { Channel } from '../platform/messaging/index.ts';
import { type By, changing, type Preferences } from './preferences.ts';
import { readConfirmToken, readUnsubscribeToken } from './signed-links.ts';
import * as store from './store-reading.ts';

const HOUR_MS = 3600_000;
/** How long a link to confirm works. */
const CONFIRM_MS = 24 * HOUR_MS;
/** An hour; so that nobody has this house write to strangers. */
const MOST_ADDRESSES = 5;

const FORMS: Record<Channel, { name: string; pattern: RegExp; like: string }> = {
  // Nothing that could end a header or name a second address.
  mail: { name: '邮箱', pattern: /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+$/, like: 'zhang@example.cn' },
  sms: { name: '手机号', pattern: /^1[3-9]\d{9}$/, like: '13800000000' },
};

/** Takes an address and sends a link to it; until somebody follows that nothing else is sent there. */
export async function giveAddress(
  context: Context,
  by: By,
  { channel, address: typed }: { channel: Channel; address: string },
): Promise<Result<Preferences>> {
  const { name, pattern, like } = FORMS[channel];
  const address = typed.normalize('NFKC').trim();
  if (!context.config.messaging[channel]) {
    return refused(409, {
      code: 'no_such_channel',
      message: `本系统还没有接通${channel === 'mail' ? '邮件' : '短信'}，不能登记${name}。`,
      remedy: '通知照常在系统里看；需要接通的，请联系系统管理员。',
    });
  }
  if (address.length > 200 || !pattern.test(address)) {
    return refused(422, {
      code: 'bad_address',
      message: `这不是有效的${name}。`,
      where: channel,
      remedy: `例如 ${like}，只写一个。`,
    });
  }
  const until = await rateLimit(context.db, 'notice-address', MOST_ADDRESSES, HOUR_MS)(by.actor.personId, by.at);
  if (until) {
    return refused(429, {
      code: 'too_many',
      message: '一小时内登记的次数太多。',
      where: channel,
      remedy: `请在${officialInstant(Math.ceil(until.getTime() / 60_000) * 60_000)}以后再试。`,
    });
  }
  return changing(context, by, 'giveNoticeAddress', { channel }, async (trx) => {
    await store.replaceAddress(trx, { personId: by.actor.personId, channel, address, givenAt: by.at });
    return ok(undefined);
  });
}

export const removeAddress = (context: Context, by: By, channel: Channel): Promise<Result<Preferences>> =>
  changing(context, by, 'removeNoticeAddress', { channel }, async (trx) =>
    (await store.deleteAddress(trx, by.actor.personId, channel))
      ? ok(undefined)
      : refused(404, { code: 'not_found', message: `没有登记${FORMS[channel].name}。` }),
  );

type Visit = Omit<By, 'actor'>;
const badLink = (): Refused =>
  refused(410, {
    code: 'bad_link',
    message: '这个链接无效：不完整，或者地址后来又换过。',
    remedy: '请从最近一封信里打开，或者登录后在“通知设置”里重发。',
  });

/** Whoever carries the link has received what was sent to the address. It works once. */
export async function confirmAddress(
  { db, log, ...context }: Context,
  token: string,
  { at, request }: Visit,
): Promise<Result<{ channel: Channel }>> {
  const id = readConfirmToken(context, token);
  if (id === undefined) return badLink();
  return transact(db, async (trx) => {
    const address = await store.lockAddress(trx, id);
    if (!address) return badLink();
    if (address.confirmedAt) {
      return refused(410, {
        code: 'used_link',
        message: `这个链接已在${officialInstant(Math.floor(address.confirmedAt.getTime() / 1000) * 1000)}用过，地址已经确认。`,
        remedy: '不需要再确认。',
      });
    }
    if (at.getTime() - address.givenAt.getTime() > CONFIRM_MS) {
      return refused(410, {
        code: 'late_link',
        message: '这个链接已过24小时的有效期。',
        remedy: '请登录后在“通知设置”里重发。',
      });
    }
    await store.confirmAddress(trx, id, at);
    await log(trx, {
      at,
      actor: { personId: address.personId },
      action: 'confirmNoticeAddress',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: address.personId,
      detail: { channel: address.channel },
      request,
    });
    return ok({ channel: address.channel });
  });
}

/** What a link at the foot of a mail would end. */
export function readUnsubscription(context: Pick<Context, 'signer'>, token: string): Result<{ label: string }> {
  const read = readUnsubscribeToken(context, token);
  return read ? ok({ label: NOTICE_KINDS[read.kind].label }) : badLink();
}

/** Ends mails of one kind for one person, and nothing else; twice is as good as once. */
export async function unsubscribe(
  { db, log, ...context }: Context,
  token: string,
  { at, request }: Visit,
): Promise<Result<{ label: string }>> {
  const read: { personId: string; kind: NoticeKind } | undefined = readUnsubscribeToken(context, token);
  if (!read) return badLink();
  const { personId, kind } = read;
  await db.transaction().execute(async (trx) => {
    await store.savePreference(trx, { personId, kind, channel: 'mail', mode: 'off' });
    await log(trx, {
      at,
      actor: { personId },
      action: 'changeNotices',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
      detail: { kind, channel: 'mail', mode: 'off', by: 'link' },
      request,
    });
  });
  return ok({ label: NOTICE_KINDS[kind].label });
}
