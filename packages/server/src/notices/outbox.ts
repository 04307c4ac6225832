import { NOTICE_KINDS } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import type { By } from './preferences.ts';
import * as store from './store-outbox.ts';

export type OutboxLine = {
  id: string;
  channel: 'mail' | 'sms';
  /** 退回修改；每日合集；确认地址 */
  about: string;
  state: store.MessageState;
  personName: string;
  login: string;
  attempts: number;
  /** A server was lost while sending: it may have gone out. */
  unsure: boolean;
  problem?: string;
  madeAt: string;
  notBefore: string;
  sentAt?: string;
};
export type Outbox = {
  items: OutboxLine[];
  total: number;
  counts: Partial<Record<store.MessageState, number>>;
  channels: Record<'mail' | 'sms', boolean>;
  /** Events that could not be told, and why. */
  stuck: { event: number; action: string; queuedAt: string; problem: string }[];
};

const ABOUT = { digest: '每日合集', confirm: '确认地址' } as const;

/** What goes out, for who runs the system: to whom, of what kind, how it went; neither the text nor the address. */
export async function readOutbox({ db, config }: Context, filter: store.OutboxFilter): Promise<Outbox> {
  const { items, total } = await store.listMessages(db, filter);
  const { mail, sms } = config.messaging;
  return {
    total,
    items: items.map(({ purpose, kind, problem, madeAt, notBefore, sentAt, ...line }) => ({
      ...line,
      about: purpose === 'notice' ? (kind ? NOTICE_KINDS[kind].label : '') : ABOUT[purpose],
      ...(problem !== null && { problem }),
      madeAt: madeAt.toISOString(),
      notBefore: notBefore.toISOString(),
      ...(sentAt && { sentAt: sentAt.toISOString() }),
    })),
    counts: await store.countMessages(db),
    channels: { mail: mail !== undefined, sms: sms !== undefined },
    stuck: (await store.listCauses(db, true)).map(({ eventId, action, queuedAt, problem }) => ({
      event: eventId,
      action,
      queuedAt: queuedAt.toISOString(),
      problem: problem ?? '',
    })),
  };
}

/** Sends again what failed, one message or all, and tells again what could not be told. */
export async function retry(
  { db, log }: Context,
  by: By,
  id: string | undefined,
): Promise<Result<{ requeued: number }>> {
  return db.transaction().execute(async (trx) => {
    const requeued = await store.requeue(trx, id, by.at);
    if (id !== undefined && requeued === 0) {
      return refused(409, {
        code: 'not_failed',
        message: '这封不在“没有发出”里，不需要重发。',
        remedy: '请刷新页面。',
      });
    }
    if (id === undefined) await store.retryCauses(trx, by.at);
    await log(trx, {
      at: by.at,
      actor: by.actor,
      role: 'systemAdministrator',
      action: 'retryMessages',
      outcome: 'done',
      subjectKind: 'outbox',
      subjectId: id ?? 'all',
      detail: { requeued },
      request: by.request,
    });
    return ok({ requeued });
  });
}
