import { sql } from 'kysely';
import type { Db, Trx } from '../platform/db/schema.ts';
import { keysOf, openWhole, ownerOf, sealWhole } from '../platform/secrets/index.ts';
import type { Content, Frozen } from './content.ts';
import { type ApplicationRow, findApplication } from './store.ts';

export type Snapshot = {
  ordinal: number;
  content: string;
  hash: string;
  versionCode: string;
  takenAt: Date;
};

/** The frozen versions of an application, the newest first. */
export async function snapshotsOf(db: Db, applicationId: string): Promise<Snapshot[]> {
  const rows = await db
    .selectFrom('snapshot')
    .select(['ordinal', 'content', 'contentKey', 'hash', 'versionCode', 'takenAt'])
    .where('applicationId', '=', applicationId)
    .orderBy('ordinal', 'desc')
    .execute();
  const keys = await keysOf(db);
  return rows.map(({ content, contentKey, ...row }) => ({
    ...row,
    content: openWhole(keys, ownerOf.application(applicationId), content, contentKey),
  }));
}

/** The hash is of the clear content, which is stored sealed. */
export async function insertSnapshot(
  trx: Trx,
  applicationId: string,
  { text, hash, versionCode }: Frozen,
  by: { personId: string; at: Date },
): Promise<void> {
  const last = await trx
    .selectFrom('snapshot')
    .select(({ fn }) => fn.max('ordinal').as('ordinal'))
    .where('applicationId', '=', applicationId)
    .executeTakeFirst();
  await trx
    .insertInto('snapshot')
    .values({
      applicationId,
      ordinal: (last?.ordinal ?? 0) + 1,
      ...sealWhole(await keysOf(trx), ownerOf.application(applicationId), text),
      hash,
      versionCode,
      takenBy: by.personId,
      takenAt: by.at,
    })
    .execute();
}

/** The last step that was taken, whoever took it: the events that changed the state. */
export const lastStepOf = (db: Db, applicationId: string): Promise<EventRow | undefined> =>
  steps(db, applicationId).orderBy('event.id', 'desc').limit(1).executeTakeFirst();

/** The step that was taken under this key before, if any. */
export const stepUnderKey = (db: Db, applicationId: string, action: string, key: string) =>
  steps(db, applicationId)
    .where('action', '=', action)
    .where(sql<string>`detail ->> 'key'`, '=', key)
    .executeTakeFirst();

const steps = (db: Db, applicationId: string) =>
  events(db, applicationId)
    .where('outcome', '=', 'done')
    .where(sql<boolean>`detail ? 'to'`);

/** A text in the detail of an event, empty when it has none. */
export function textIn(detail: EventRow['detail'], key: string): string {
  const value = detail[key];
  return typeof value === 'string' ? value : '';
}

export type EventRow = {
  id: number;
  at: Date;
  personId: string | null;
  personName: string | null;
  role: string | null;
  action: string;
  outcome: 'done' | 'refused';
  detail: Record<string, unknown>;
};

const events = (db: Db, applicationId: string) =>
  db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.personId')
    .select([
      'event.id',
      'event.at',
      'event.personId',
      'person.name as personName',
      'role',
      'action',
      'outcome',
      'detail',
    ])
    .where('applicationId', '=', applicationId)
    .$castTo<EventRow>();

/** What happened to an application, the oldest first. */
export const eventsOf = (db: Db, applicationId: string): Promise<EventRow[]> =>
  events(db, applicationId).orderBy('event.id').execute();

/** The application that was submitted under a version code, with the hash it stands for. */
export async function findApplicationByCode(
  db: Db,
  code: string,
): Promise<{ row: ApplicationRow; hash: string } | undefined> {
  const snapshot = await db
    .selectFrom('snapshot')
    .select(['applicationId', 'hash'])
    .where('versionCode', '=', code)
    .executeTakeFirst();
  const row = snapshot && (await findApplication(db, snapshot.applicationId));
  return row && { row, hash: snapshot.hash };
}

/** The content of the last submit. Throws for an application that was never submitted. */
export async function frozenContentOf(db: Db, applicationId: string): Promise<Content> {
  const [latest] = await snapshotsOf(db, applicationId);
  if (!latest) throw new Error(`application ${applicationId} was never submitted`);
  const content: Content = JSON.parse(latest.content);
  return content;
}
