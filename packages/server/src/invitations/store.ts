import type { Db, Trx } from '../platform/db/schema.ts';

export const isInvited = async (db: Db, of: { roundId: string; topic: string; uscc: string }): Promise<boolean> =>
  (await db
    .selectFrom('topicInvitation')
    .select('uscc')
    .where('roundId', '=', of.roundId)
    .where('topic', '=', of.topic)
    .where('uscc', '=', of.uscc)
    .executeTakeFirst()) !== undefined;

export const invitationsOf = (db: Db, roundId: string) =>
  db
    .selectFrom('topicInvitation')
    .innerJoin('person', 'person.id', 'topicInvitation.invitedBy')
    .select(['topic', 'uscc', 'topicInvitation.name', 'person.name as invitedByName', 'invitedAt'])
    .where('roundId', '=', roundId)
    .orderBy('topic')
    .orderBy('invitedAt')
    .execute();

export type NewInvitation = {
  roundId: string;
  topic: string;
  uscc: string;
  name: string;
  invitedBy: string;
  invitedAt: Date;
};

/** False when it was invited already. */
export async function insertInvitation(trx: Trx, invitation: NewInvitation): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('topicInvitation')
    .values(invitation)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/** False when there was none. */
export async function deleteInvitation(
  trx: Trx,
  { roundId, topic, uscc }: { roundId: string; topic: string; uscc: string },
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('topicInvitation')
    .where('roundId', '=', roundId)
    .where('topic', '=', topic)
    .where('uscc', '=', uscc)
    .executeTakeFirst();
  return Number(numDeletedRows) > 0;
}

/** What a registered organisation is called, so that the list does not depend on what somebody typed. */
export const registeredName = async (db: Db, authorityId: string, uscc: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('organisation')
      .select('name')
      .where('authorityId', '=', authorityId)
      .where('uscc', '=', uscc)
      .executeTakeFirst()
  )?.name;
