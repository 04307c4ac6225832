import { applicationContentOf, type By } from '../applications/index.ts';
import { findOrganisation } from '../organisations/index.ts';
import type { Context } from '../platform/context.ts';
import * as store from './store.ts';

/** So many of a person's own deeds are written out; the whole log is for the audit administrator. */
const MOST_DEEDS = 10_000;

/**
 * Everything this system holds about the person who asks (个人信息保护法 第四十五条): the account, roles, sessions, own applications with
 * every entry in clear, what the person did. An organisation's administrator gets its registration as well. The request is logged.
 */
export async function ownData(context: Context, { actor, at, request }: By): Promise<Record<string, unknown>> {
  const { db, log } = context;
  const { personId } = actor;
  const grants = await store.grantsOf(db, personId);
  const administered = grants.flatMap(({ role, endedAt, organisationId }) =>
    role === 'organisationAdministrator' && endedAt === null && organisationId !== null ? [organisationId] : [],
  );
  const applications = await store.applicationsOf(db, personId);
  const data = {
    exportedAt: at.toISOString(),
    person: await store.personOf(db, personId),
    roles: grants,
    sessions: await store.sessionsOf(db, personId),
    organisations: await Promise.all(administered.map((id) => findOrganisation(db, id))),
    applications: await Promise.all(
      applications.map(async ({ id, ...application }) => ({
        ...application,
        sections: await applicationContentOf(db, id),
      })),
    ),
    actions: await store.deedsOf(db, personId, MOST_DEEDS),
  };
  await db.transaction().execute((trx) =>
    log(trx, {
      at,
      actor,
      action: 'exportOwnData',
      outcome: 'done',
      subjectKind: 'person',
      subjectId: personId,
      request,
    }),
  );
  return data;
}
