import { randomUUID } from 'node:crypto';
import type { TestServer } from './server.ts';

/** An application as a row, with a section, an attachment, a snapshot and a place on a list: everything that hangs on one. */
export async function addApplication({ context, house, clock }: TestServer, roundId: string): Promise<string> {
  const { db } = context;
  const [id, listId, at] = [randomUUID(), randomUUID(), clock.now()];
  const { checksum } = await db
    .selectFrom('round')
    .select('checksum')
    .where('id', '=', roundId)
    .executeTakeFirstOrThrow();
  const personId = house.people.applicant.id;
  const sha256 = randomUUID().replaceAll('-', '').repeat(2);
  await db
    .insertInto('application')
    .values({
      id,
      number: `T${id.slice(0, 8)}`,
      roundId,
      filledUnder: checksum,
      organisationId: house.organisationId,
      departmentId: house.departmentId,
      applicantId: personId,
      state: 'draft',
      createdAt: at,
      updatedAt: at,
    })
    .execute();
  const section = {
    applicationId: id,
    section: 'project',
    revision: 1,
    data: '{}',
    saveId: randomUUID(),
    savedBy: personId,
    savedAt: at,
  };
  await db.insertInto('applicationSection').values(section).execute();
  await db.insertInto('applicationSectionHistory').values(section).execute();
  await db.insertInto('storedFile').values({ sha256, bytes: 1, storedAt: at }).execute();
  await db
    .insertInto('attachment')
    .values({
      applicationId: id,
      material: 'agreement',
      fileName: 'a.pdf',
      mediaType: 'application/pdf',
      bytes: 1,
      sha256,
      storedBy: personId,
      storedAt: at,
    })
    .execute();
  await db
    .insertInto('snapshot')
    .values({
      applicationId: id,
      ordinal: 1,
      content: '{}',
      hash: 'h',
      versionCode: 'c',
      takenBy: personId,
      takenAt: at,
    })
    .execute();
  await db
    .insertInto('recommendationList')
    .values({
      id: listId,
      roundId,
      departmentId: house.departmentId,
      ordinal: 1,
      code: listId,
      content: '{}',
      hash: 'h',
      exportedBy: personId,
      exportedAt: at,
    })
    .execute();
  await db.insertInto('recommendationListEntry').values({ listId, applicationId: id, versionCode: 'c' }).execute();
  return id;
}
