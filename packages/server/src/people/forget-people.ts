import type { Context } from '../platform/context.ts';
import * as store from './store-forget.ts';

/** A closed account may be needed for a dispute; after so many years (民法典 第一百八十八条) it is not. */
const CLOSED_YEARS = 3;
const DAY_MS = 86_400_000;
/** A used or expired link says when somebody was invited, no longer than this. */
const LINKS_MS = 90 * DAY_MS;

/**
 * What is no longer needed of people is deleted (个人信息保护法 第十九、四十七条): of an account closed three years ago the profile, numbers,
 * second factor, identities and links; name and login as well where nothing that must be kept points to them. Returns how many accounts.
 */
export async function forgetPeople({ db, log }: Pick<Context, 'db' | 'log'>, now: Date): Promise<number> {
  const before = new Date(now);
  before.setUTCFullYear(before.getUTCFullYear() - CLOSED_YEARS);
  await store.forgetLinks(db, new Date(now.getTime() - LINKS_MS));
  const people = await store.closedBefore(db, before);
  for (const { id, named } of people) {
    await db.transaction().execute(async (trx) => {
      await store.erase(trx, id, { keepName: named, erasedAt: now });
      await log(trx, {
        at: now,
        action: 'erasePerson',
        outcome: 'done',
        subjectKind: 'person',
        subjectId: id,
        detail: { keptName: named },
      });
    });
  }
  return people.length;
}
