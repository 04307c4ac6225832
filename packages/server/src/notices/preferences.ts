import { NOTICE_KIND_KEYS, NOTICE_KINDS, type NoticeKind, type NoticeMode } from '@keshen/rules';
import type { Context } from '../platform/context.ts';
import type { Actor } from '../platform/db/actors.ts';
import type { Trx } from '../platform/db/schema.ts';
import { transact } from '../platform/db/transact.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import type { Channel } from '../platform/messaging/index.ts';
import { masked } from '../platform/secrets/index.ts';
import { clockText, DIGEST_MINUTE, USUAL_QUIET } from './hours.ts';
import { preferencesOf, quietHoursOf } from './store.ts';
import * as store from './store-reading.ts';

export type By = { actor: Pick<Actor, 'personId'>; at: Date; request: { address: string; requestId: string } };

export type AddressView = {
  /** In part: z***@example.cn */
  shown: string;
  state: 'waiting' | 'confirmed' | 'bad';
  problem?: string;
};
export type Preferences = {
  kinds: { kind: NoticeKind; label: string; help: string; locked: boolean; modes: Modes }[];
  /** Which ways out this installation has. */
  channels: Record<Channel, boolean>;
  addresses: Partial<Record<Channel, AddressView>>;
  quiet: { from: string; to: string };
  digestAt: string;
};
type Modes = Record<'system' | Channel, NoticeMode>;

export async function readPreferences(
  { db, config }: Pick<Context, 'db' | 'config'>,
  personId: string,
): Promise<Preferences> {
  const chosen = await preferencesOf(db, [personId]);
  const quiet = (await quietHoursOf(db, [personId])).get(personId) ?? USUAL_QUIET;
  const { mail, sms } = config.messaging;
  const mode = (kind: NoticeKind, channel: 'system' | Channel): NoticeMode =>
    chosen.get(`${personId} ${kind} ${channel}`) ?? (channel === 'system' ? 'once' : NOTICE_KINDS[kind][channel]);
  const addresses: Preferences['addresses'] = {};
  for (const { channel, address, confirmedAt, problem } of await store.addressesOf(db, personId)) {
    addresses[channel] = {
      shown: masked(channel === 'mail' ? 'email' : 'phone', address),
      state: problem !== null ? 'bad' : confirmedAt ? 'confirmed' : 'waiting',
      ...(problem !== null && { problem }),
    };
  }
  return {
    kinds: NOTICE_KIND_KEYS.map((kind) => {
      const { label, help, locked } = NOTICE_KINDS[kind];
      const system = locked ? 'once' : mode(kind, 'system');
      return { kind, label, help, locked, modes: { system, mail: mode(kind, 'mail'), sms: mode(kind, 'sms') } };
    }),
    channels: { mail: mail !== undefined, sms: sms !== undefined },
    addresses,
    quiet: { from: clockText(quiet.fromMinute), to: clockText(quiet.toMinute) },
    digestAt: clockText(DIGEST_MINUTE),
  };
}

export type Choice = { kind: NoticeKind; channel: 'system' | Channel; mode: NoticeMode };

/** How a person wants to be told of a kind. What must not be missed stays in the system; only mails are gathered. */
export async function choose(context: Context, by: By, choice: Choice): Promise<Result<Preferences>> {
  const { kind, channel, mode } = choice;
  if (channel === 'system' && mode === 'off' && NOTICE_KINDS[kind].locked) {
    return refused(422, {
      code: 'cannot_be_off',
      message: `“${NOTICE_KINDS[kind].label}”关系到您的申报，不能在系统里关掉。`,
      where: kind,
      remedy: '可以关掉它的邮件和短信。',
    });
  }
  if (mode === 'daily' && channel !== 'mail') {
    return refused(422, { code: 'only_mail_daily', message: '只有邮件可以每天合成一封。', where: kind });
  }
  const change = { kind, channel, mode };
  return changing(context, by, 'changeNotices', change, async (trx) => {
    await store.savePreference(trx, { personId: by.actor.personId, ...choice });
    return ok(undefined);
  });
}

/** When no text messages are sent: minutes of the day in Beijing. */
export const setQuietHours = (
  context: Context,
  by: By,
  hours: { fromMinute: number; toMinute: number },
): Promise<Result<Preferences>> =>
  changing(context, by, 'changeNotices', hours, async (trx) => {
    await store.saveQuietHours(trx, by.actor.personId, hours);
    return ok(undefined);
  });

/** Changes something of one's own, logs it, and answers with all of it as it is then. */
export async function changing(
  context: Context,
  by: By,
  action: 'changeNotices' | 'giveNoticeAddress' | 'removeNoticeAddress',
  detail: Record<string, unknown>,
  change: (trx: Trx) => Promise<Result<undefined>>,
): Promise<Result<Preferences>> {
  const { personId } = by.actor;
  const changed = await transact(context.db, async (trx) => {
    const made = await change(trx);
    if (!made.ok) return made;
    await context.log(trx, {
      at: by.at,
      actor: by.actor,
      action,
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
      detail,
      request: by.request,
    });
    return made;
  });
  return changed.ok ? ok(await readPreferences(context, personId)) : changed;
}
