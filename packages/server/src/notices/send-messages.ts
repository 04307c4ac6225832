import type { Context } from '../platform/context.ts';
import type { Carrier, Carriers, Channel, NotTaken, Outgoing } from '../platform/messaging/index.ts';
import { confirmation, digestMail, noticeMail, noticeSms } from './compose.ts';
import * as store from './store-messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** When the other side is down everything waits this long; nothing is given up for it. */
const REST_MS = MINUTE_MS / 2;
/** A message that is put off again and again is given up after three days, as mail servers do (RFC 5321 4.5.4.1). */
const GIVE_UP_MS = 72 * HOUR_MS;

type House = Pick<Context, 'db' | 'config' | 'signer'>;

export type Sender = {
  carriers: Carriers;
  /** Until when a carrier is left in peace, in this process. */
  rests: Partial<Record<Channel, Date>>;
  clock: () => Date;
  /** Ends it after the message that is under way. */
  until?: AbortSignal;
};

/**
 * Sends everything that is due, one message after the other. Several servers may do it at once: a message is claimed before it is sent and
 * settled afterwards, so each is one server's. Only where a server is lost between the other side's "taken" and our note of it may a
 * message go out again, with the same id.
 */
export async function sendMessages(house: House, { carriers, rests, clock, until }: Sender): Promise<void> {
  while (!until?.aborted) {
    const now = clock();
    const awake = (Object.keys(carriers) as Channel[]).filter((channel) => (rests[channel] ?? now) <= now);
    if (awake.length === 0) return;
    const row = await store.claimMessage(house.db, awake, now);
    if (!row) return;
    const carrier = carriers[row.channel];
    if (!carrier) throw new Error(`claimed a message without a carrier for ${row.channel}`);
    const down = await sendOne(house, carrier, row, now);
    if (down) rests[row.channel] = new Date(now.getTime() + REST_MS);
  }
}

/** Answers whether the other side is down. */
async function sendOne(house: House, carrier: Carrier, row: store.MessageRow, now: Date): Promise<boolean> {
  const { db } = house;
  const held = { db, row };
  const address = await store.addressOf(db, row.personId, row.channel);
  const composed = await compose(house, row, address, now);
  if (typeof composed === 'string') {
    await store.settleMessage(held, { state: 'dropped', problem: composed });
    return false;
  }
  const sending = await carrier.send(composed);
  if (sending.taken) {
    await store.settleMessage(held, { state: 'sent', sentAt: now, problem: null });
    return false;
  }
  if (sending.because === 'address' && address) await store.noteBadAddress(db, address.id, sending.problem);
  await store.settleMessage(held, whatNext(row, sending, now));
  return sending.because === 'down';
}

function whatNext(row: store.MessageRow, { because, problem, perhapsTaken }: NotTaken, now: Date) {
  const again = (ms: number) => ({
    state: 'queued' as const,
    notBefore: new Date(now.getTime() + ms),
    problem,
    unsure: row.unsure || perhapsTaken === true,
  });
  if (because === 'down') return again(REST_MS);
  const givenUp = because !== 'later' || now.getTime() - row.madeAt.getTime() > GIVE_UP_MS;
  return givenUp
    ? { state: 'failed' as const, problem }
    : again(Math.min(MINUTE_MS * 2 ** (row.attempts - 1), HOUR_MS / 2));
}

/** The message as it goes out, or in Chinese why it need not any more. */
async function compose(
  house: House,
  row: store.MessageRow,
  address: store.Address | undefined,
  now: Date,
): Promise<Outgoing | string> {
  if (!address || address.disabledAt) return '没有可用的地址，或者账号已停用';
  const to = { id: row.id, to: address.address };
  if (row.purpose === 'confirm') {
    return address.id === row.addressId ? { ...to, ...confirmation(house, row, address) } : '地址已经换了';
  }
  if (!address.confirmedAt || address.problem !== null) return '地址没有确认，或者收不到';
  if (row.purpose === 'digest') {
    const notices = await store.noticesOfDigest(house.db, row.id);
    return notices.length > 0 ? { ...to, ...digestMail(house, address, notices) } : '要合成的通知已经清除';
  }
  const notice = row.noticeId === null ? undefined : await store.noticeOf(house.db, row.noticeId);
  if (!notice) return '通知已经清除';
  if (notice.uselessFrom && notice.uselessFrom <= now) return '时限已过，不必再发';
  return { ...to, ...(row.channel === 'sms' ? noticeSms(house, notice) : noticeMail(house, row, address, notice)) };
}
