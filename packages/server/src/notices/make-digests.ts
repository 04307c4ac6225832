import type { Context } from '../platform/context.ts';
import { dayInBeijing, nextDigestAt } from './hours.ts';
import * as store from './store-messages.ts';

/**
 * Puts together what was gathered until 8:00, one mail a person and day. What was read meanwhile or is over is left out; with nothing left
 * there is no mail.
 */
export async function makeDigests({ db }: Pick<Context, 'db'>, now: Date): Promise<void> {
  for (;;) {
    const people = await store.peopleWithDigest(db, now);
    if (people.length === 0) return;
    for (const personId of people) await makeDigest({ db }, personId, now);
  }
}

const makeDigest = ({ db }: Pick<Context, 'db'>, personId: string, now: Date): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await store.lockDigestOf(trx, personId);
    const gathered = await store.gatheredFor(trx, personId, now);
    const isOver = (one: (typeof gathered)[number]): boolean =>
      one.readAt !== null || (one.uselessFrom !== null && one.uselessFrom <= now);
    const over = gathered.filter(isOver).map(({ id }) => id);
    const left = gathered.filter((one) => !isOver(one)).map(({ id }) => id);
    if (over.length > 0) await store.changeMessages(trx, over, { state: 'dropped', problem: '已经看过，或者时限已过' });
    if (left.length === 0) return;
    const digest = await store.insertDigest(trx, { personId, digestDay: dayInBeijing(now), madeAt: now });
    await store.changeMessages(
      trx,
      left,
      digest ? { state: 'gathered', digestId: digest.id } : { state: 'gathering', notBefore: nextDigestAt(now) },
    );
  });
