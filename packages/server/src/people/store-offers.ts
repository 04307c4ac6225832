import type { Db, Trx } from '../platform/db/schema.ts';

/** Undefined when one is open already. */
export async function insertOffer(
  trx: Trx,
  offer: { personId: string; organisationId: string; offeredBy: string; offeredAt: Date; expiresAt: Date },
): Promise<string | undefined> {
  const row = await trx
    .insertInto('membershipOffer')
    .values(offer)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** What nobody answered in time is withdrawn, so that a new one can be made. */
export async function withdrawExpired(trx: Trx, now: Date): Promise<void> {
  await trx
    .updateTable('membershipOffer')
    .set({ answer: 'withdrawn', answeredAt: now })
    .where('answer', 'is', null)
    .where('expiresAt', '<=', now)
    .execute();
}

const offers = (db: Db) =>
  db
    .selectFrom('membershipOffer as m')
    .innerJoin('organisation as o', 'o.id', 'm.organisationId')
    .innerJoin('person as p', 'p.id', 'm.personId')
    .innerJoin('person as by', 'by.id', 'm.offeredBy')
    .select(['m.id', 'm.personId', 'm.organisationId', 'm.offeredAt', 'm.expiresAt', 'm.answer', 'm.answeredAt'])
    .select(['o.name as organisationName', 'o.authorityId', 'o.state as organisationState', 'p.name as personName'])
    .select('by.name as offeredByName');
export const lockOffer = (trx: Trx, id: string) => offers(trx).where('m.id', '=', id).forUpdate('m').executeTakeFirst();

export const openOffersTo = (db: Db, personId: string, now: Date) =>
  offers(db)
    .where('m.personId', '=', personId)
    .where('m.answer', 'is', null)
    .where('m.expiresAt', '>', now)
    .orderBy('m.offeredAt')
    .execute();

export const offersOf = (db: Db, organisationId: string) =>
  offers(db).where('m.organisationId', '=', organisationId).orderBy('m.offeredAt', 'desc').limit(100).execute();

export async function answerOffer(
  trx: Trx,
  id: string,
  answer: { answer: 'accepted' | 'declined' | 'withdrawn'; answeredAt: Date },
): Promise<void> {
  await trx.updateTable('membershipOffer').set(answer).where('id', '=', id).execute();
}
