import { NOTICE_KINDS, type NoticeKind, type NoticeMode, type Role } from '@keshen/rules';
import { randomUUID } from 'node:crypto';
import type { Context } from '../platform/context.ts';
import type { Trx } from '../platform/db/schema.ts';
import type { Channel } from '../platform/messaging/index.ts';
import { withoutPersonalNumbers } from '../platform/secrets/index.ts';
import { afterQuiet, nextDigestAt } from './hours.ts';
import { linkFor } from './links.ts';
import type { Place } from './situation.ts';
import * as store from './store.ts';
import type { Words } from './words.ts';

/** Something to tell one person. `key` says of what: the same is told nobody twice. */
export type Telling = {
  personId: string;
  role: Role;
  key: string;
  kind: NoticeKind;
  words: Words;
  place: Place;
  rehearsal: boolean;
  uselessFrom?: Date;
};

/** So many messages of a channel may go to one person within an hour; further mails wait for the digest. */
export const MOST_IN_AN_HOUR: Record<Channel, number> = { mail: 20, sms: 5 };
const HOUR_MS = 3600_000;
const BATCH = 500;

type Told = Pick<Context, 'config'>;

/** Writes the notices and, by what each person chose, the messages that go out, in the caller's transaction. */
export async function tell(trx: Trx, { config }: Told, tellings: readonly Telling[], now: Date): Promise<void> {
  for (let from = 0; from < tellings.length; from += BATCH) {
    await tellBatch(trx, config.messaging, tellings.slice(from, from + BATCH), now);
  }
}

async function tellBatch(
  trx: Trx,
  messaging: Context['config']['messaging'],
  tellings: readonly Telling[],
  now: Date,
): Promise<void> {
  const people = [...new Set(tellings.map(({ personId }) => personId))];
  const chosen = await store.preferencesOf(trx, people);
  const mode = ({ personId, kind }: Telling, channel: 'system' | Channel): NoticeMode =>
    chosen.get(`${personId} ${kind} ${channel}`) ?? (channel === 'system' ? 'once' : NOTICE_KINDS[kind][channel]);

  const made = await store.insertNotices(
    trx,
    tellings.map((telling) => ({
      id: randomUUID(),
      personId: telling.personId,
      key: telling.key,
      kind: telling.kind,
      ...inPrint(telling),
      link: linkFor(telling.role, telling.place),
      rehearsal: telling.rehearsal,
      shown: NOTICE_KINDS[telling.kind].locked || mode(telling, 'system') !== 'off',
      ...telling.place,
      madeAt: now,
      uselessFrom: telling.uselessFrom ?? null,
    })),
  );
  const noticeOf = new Map(made.map(({ id, personId, key }) => [`${personId} ${key}`, id]));
  const reached = await store.reachedBy(trx, people);
  const recent = await store.sentSince(trx, people, new Date(now.getTime() - HOUR_MS));
  const quiet = await store.quietHoursOf(trx, people);
  const messages: store.NewMessage[] = [];
  for (const telling of tellings) {
    const noticeId = noticeOf.get(`${telling.personId} ${telling.key}`);
    if (noticeId === undefined || (telling.rehearsal && !messaging.rehearsal)) continue;
    for (const channel of ['mail', 'sms'] as const) {
      const wanted = mode(telling, channel);
      const place = `${telling.personId} ${channel}`;
      if (wanted === 'off' || !messaging[channel] || !reached.has(place)) continue;
      const message = { personId: telling.personId, channel, noticeId, madeAt: now };
      const count = recent.get(place) ?? 0;
      const tooMany = count >= MOST_IN_AN_HOUR[channel];
      if (channel === 'mail' && (wanted === 'daily' || tooMany)) {
        messages.push({ ...message, state: 'gathering', notBefore: nextDigestAt(now) });
      } else if (tooMany) {
        messages.push({ ...message, state: 'dropped', notBefore: now, problem: '一小时内的短信已经够多' });
      } else {
        recent.set(place, count + 1);
        const notBefore = channel === 'sms' ? afterQuiet(now, quiet.get(telling.personId)) : now;
        messages.push({ ...message, state: 'queued', notBefore });
      }
    }
  }
  await store.insertMessages(trx, messages);
}

/** Reasons and titles are typed by people, who sometimes put a telephone number in. */
function inPrint({ words, rehearsal }: Telling): { title: string; facts: string; toDo: string } {
  const { title, facts, toDo } = withoutPersonalNumbers(words);
  const said = rehearsal ? `【演练】${title}` : title;
  return { title: said.length > 200 ? `${said.slice(0, 199)}…` : said, facts: JSON.stringify(facts), toDo };
}
