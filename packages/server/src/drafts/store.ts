import type { Db, Trx } from '../platform/db/schema.ts';

export type CoEditor = { personId: string; name: string; grantedAt: Date };

/** Who may write an application beside its applicant, in the order in which they came. */
export const coEditorsOf = (db: Db, applicationId: string): Promise<CoEditor[]> =>
  db
    .selectFrom('coEditor')
    .innerJoin('person', 'person.id', 'coEditor.personId')
    .select(['coEditor.personId', 'person.name', 'coEditor.grantedAt'])
    .where('applicationId', '=', applicationId)
    .where('endedAt', 'is', null)
    .orderBy('coEditor.grantedAt')
    .execute();

/** The people who apply for an organisation now. */
export const applicantsOf = (db: Db, organisationId: string): Promise<{ personId: string; name: string }[]> =>
  db
    .selectFrom('roleGrant')
    .innerJoin('person', 'person.id', 'roleGrant.personId')
    .select(['roleGrant.personId', 'person.name'])
    .where('role', '=', 'applicant')
    .where('organisationId', '=', organisationId)
    .where('roleGrant.endedAt', 'is', null)
    .where('person.disabledAt', 'is', null)
    .distinct()
    .orderBy('person.name')
    .execute();

export async function insertCoEditor(
  trx: Trx,
  grant: { applicationId: string; personId: string; grantedBy: string; grantedAt: Date },
): Promise<void> {
  await trx.insertInto('coEditor').values(grant).execute();
}

/** Answers whether there was a right to end. */
export async function endCoEditor(
  trx: Trx,
  { applicationId, personId }: { applicationId: string; personId: string },
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('coEditor')
    .set({ endedAt: at })
    .where('applicationId', '=', applicationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type Presence = { windowId: string; personId: string; name: string; section: string };

/** The windows last heard of after an instant, other than this one. */
export const presentSince = (
  db: Db,
  { applicationId, windowId }: { applicationId: string; windowId: string },
  since: Date,
): Promise<Presence[]> =>
  db
    .selectFrom('sectionPresence')
    .innerJoin('person', 'person.id', 'sectionPresence.personId')
    .select(['windowId', 'personId', 'person.name', 'section'])
    .where('applicationId', '=', applicationId)
    .where('windowId', '!=', windowId)
    .where('seenAt', '>', since)
    .orderBy('person.name')
    .orderBy('windowId')
    .execute();

export async function putPresence(
  db: Db,
  seen: { applicationId: string; personId: string; windowId: string; section: string; seenAt: Date },
): Promise<void> {
  await db
    .insertInto('sectionPresence')
    .values(seen)
    .onConflict((conflict) =>
      conflict
        .columns(['applicationId', 'windowId'])
        .doUpdateSet({ section: seen.section, seenAt: seen.seenAt })
        .where('sectionPresence.personId', '=', seen.personId),
    )
    .execute();
}

/** A window that left, and those of this application that were not heard of since an instant. */
export async function deletePresence(
  db: Db,
  { applicationId, windowId, personId }: { applicationId: string; windowId?: string; personId: string },
  before: Date,
): Promise<void> {
  await db
    .deleteFrom('sectionPresence')
    .where('applicationId', '=', applicationId)
    .where((where) =>
      where.or([
        where('seenAt', '<', before),
        ...(windowId ? [where.and([where('windowId', '=', windowId), where('personId', '=', personId)])] : []),
      ]),
    )
    .execute();
}
