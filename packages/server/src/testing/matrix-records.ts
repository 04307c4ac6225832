import { randomUUID } from 'node:crypto';
import type { Records } from './matrix.ts';
import type { TestServer } from './server.ts';

/** One of each further kind of thing that an address names by an id, all of one owner. */
export type FurtherRecords = {
  uploadId: string;
  documentId: string;
  changeId: string;
  platformId: string;
  offerId: string;
  requestId: string;
  viewId: string;
  lockedChangeId: string;
  spotCheckId: string;
  pledgeId: string;
  deliveryId: string;
  noticeId: string;
  sessionId: string;
  identityId: string;
};

/** Waiting to be decided on, or lately made; whatever has words carries the owner's mark. */
export async function addFurtherRecords({ context, clock }: TestServer, of: Records): Promise<FurtherRecords> {
  const { db } = context;
  const at = clock.now();
  const later = new Date(at.getTime() + 86_400_000);
  const { organisationId, departmentId, authorityId, roundId, applicationId, applicantId, colleagueId, mark } = of;
  const asked = { organisationId, departmentId, requestedBy: colleagueId, requestedAt: at };
  const file = { fileName: `${mark}.pdf`, bytes: 1, sha256: randomUUID() };
  const ids: FurtherRecords = {
    uploadId: randomUUID(),
    documentId: randomUUID(),
    changeId: randomUUID(),
    platformId: randomUUID(),
    offerId: randomUUID(),
    requestId: randomUUID(),
    viewId: randomUUID(),
    lockedChangeId: randomUUID(),
    spotCheckId: randomUUID(),
    pledgeId: randomUUID(),
    deliveryId: randomUUID(),
    noticeId: randomUUID(),
    sessionId: randomUUID(),
    identityId: randomUUID(),
  };
  await db
    .insertInto('upload')
    .values({
      ...file,
      id: ids.uploadId,
      applicationId,
      material: 'agreement',
      createdBy: applicantId,
      createdAt: at,
      expiresAt: later,
    })
    .execute();
  await db
    .insertInto('organisationDocument')
    .values({
      ...file,
      id: ids.documentId,
      authorityId,
      organisationId,
      kind: 'licence',
      mediaType: 'application/pdf',
      inspection: '{}',
      storedBy: colleagueId,
      storedAt: at,
    })
    .execute();
  await db
    .insertInto('organisationChange')
    .values({ ...asked, id: ids.changeId, before: '{}', after: '{}', reason: mark })
    .execute();
  await db
    .insertInto('hostedPlatform')
    .values({
      ...asked,
      id: ids.platformId,
      kind: 'keyLaboratory',
      name: mark,
      confirmedByAuthority: mark,
      confirmedOn: '2020-01-01',
      ongoingCooperation: false,
    })
    .execute();
  await db
    .insertInto('membershipOffer')
    .values({
      id: ids.offerId,
      personId: colleagueId,
      organisationId,
      offeredBy: applicantId,
      offeredAt: at,
      expiresAt: later,
    })
    .execute();
  await db
    .insertInto('personalDataRequest')
    .values({ id: ids.requestId, personId: colleagueId, kind: 'correction', sealedText: '', askedAt: at })
    .execute();
  const deputy = { role: 'organisationAdministrator', authorityId, organisationId } as const;
  await db
    .insertInto('roleGrant')
    .values({ ...deputy, personId: colleagueId, deputyUntil: later })
    .execute();
  await db
    .insertInto('savedView')
    .values({ id: ids.viewId, personId: applicantId, queue: 'all', name: mark, filters: '{}', savedAt: at })
    .execute();
  await db
    .insertInto('lockedChange')
    .values({
      id: ids.lockedChangeId,
      applicationId,
      field: 'title',
      before: '',
      after: mark,
      reason: mark,
      proposedBy: applicantId,
      proposedAt: at,
    })
    .execute();
  await db
    .insertInto('spotCheck')
    .values({
      id: ids.spotCheckId,
      roundId,
      percent: 10,
      secret: 's',
      secretHash: 'h',
      publicSource: mark,
      announcedBy: applicantId,
      announcedAt: at,
    })
    .execute();
  const pledge = await db
    .insertInto('departmentPledge')
    .values({
      id: ids.pledgeId,
      roundId,
      departmentId,
      code: ids.pledgeId,
      content: '{}',
      hash: 'h',
      madeBy: applicantId,
      madeAt: at,
    })
    .onConflict((conflict) => conflict.columns(['roundId', 'departmentId']).doUpdateSet({ hash: 'h' }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('paperDelivery')
    .values({
      id: ids.deliveryId,
      roundId,
      paper: 'application',
      applicationId,
      copies: 1,
      versionCode: 'c',
      by: 'applicant',
      broughtBy: mark,
      receivedAt: at,
      outcome: 'accepted',
      told: mark,
      statement: '{}',
      hash: ids.deliveryId,
      registeredBy: colleagueId,
      registeredAt: at,
    })
    .execute();
  await db
    .insertInto('notice')
    .values({
      id: ids.noticeId,
      personId: applicantId,
      key: mark,
      kind: 'returned',
      title: mark,
      facts: '[]',
      link: '/',
      rehearsal: false,
      shown: true,
      authorityId,
      roundId,
      applicationId,
      madeAt: at,
    })
    .execute();
  await db
    .insertInto('session')
    .values({
      id: ids.sessionId,
      tokenHash: Buffer.from(ids.sessionId),
      personId: applicantId,
      createdAt: at,
      lastSeenAt: at,
      expiresAt: later,
      address: '127.0.0.1',
      userAgent: mark,
    })
    .execute();
  await db
    .insertInto('linkedIdentity')
    .values({ id: ids.identityId, personId: applicantId, issuer: mark, subject: ids.identityId, linkedAt: at })
    .execute();
  return { ...ids, pledgeId: pledge.id };
}
