import type { Db, Trx } from '../platform/db/schema.ts';
import type { ScanReading } from './codes-on-paper.ts';
import type { ListContent } from './list-content.ts';

export type ListRow = {
  id: string;
  roundId: string;
  departmentId: string;
  departmentName: string;
  authorityId: string;
  authorityName: string;
  ordinal: number;
  code: string;
  content: ListContent;
  hash: string;
  exportedByName: string;
  exportedAt: Date;
  voidedAt: Date | null;
  voidReason: string | null;
  sealedScan: string | null;
  sealedScanName: string | null;
  letter: string | null;
  letterName: string | null;
  deliveredAt: Date | null;
  sealedScanReading: ScanReading | null;
};

const lists = (db: Db) =>
  db
    .selectFrom('recommendationList as list')
    .innerJoin('round', 'round.id', 'list.roundId')
    .innerJoin('authority', 'authority.id', 'round.authorityId')
    .innerJoin('department', 'department.id', 'list.departmentId')
    .innerJoin('person', 'person.id', 'list.exportedBy')
    .selectAll('list')
    .select([
      'round.authorityId',
      'authority.name as authorityName',
      'department.name as departmentName',
      'person.name as exportedByName',
    ])
    .$castTo<ListRow>();

export const findList = (db: Db, id: string): Promise<ListRow | undefined> =>
  lists(db).where('list.id', '=', id).executeTakeFirst();

/** Of a list that is known to exist; throws otherwise. */
export const getList = (db: Db, id: string): Promise<ListRow> =>
  lists(db).where('list.id', '=', id).executeTakeFirstOrThrow();

export const lockList = (trx: Trx, id: string): Promise<ListRow | undefined> =>
  lists(trx).where('list.id', '=', id).forUpdate('list').executeTakeFirst();

/** Every list a department ever exported in a round, the newest first. */
export const listsOf = (db: Db, of: { roundId: string; departmentId: string }): Promise<ListRow[]> =>
  lists(db)
    .where('list.roundId', '=', of.roundId)
    .where('list.departmentId', '=', of.departmentId)
    .orderBy('list.ordinal', 'desc')
    .execute();

export const deliveredLists = (db: Db, roundId: string): Promise<ListRow[]> =>
  lists(db).where('list.roundId', '=', roundId).where('deliveredAt', 'is not', null).orderBy('deliveredAt').execute();

export type NewList = {
  roundId: string;
  departmentId: string;
  ordinal: number;
  code: string;
  content: ListContent;
  hash: string;
  exportedBy: string;
  exportedAt: Date;
};

export async function insertList(trx: Trx, { content, ...list }: NewList): Promise<string> {
  const { id } = await trx
    .insertInto('recommendationList')
    .values({ ...list, content: JSON.stringify(content) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('recommendationListEntry')
    .values(content.entries.map(({ applicationId, versionCode }) => ({ listId: id, applicationId, versionCode })))
    .execute();
  return id;
}

/** `reading`: how the sealed scan was matched with the list; a letter has none. */
export async function setScan(
  trx: Trx,
  id: string,
  part: 'sealedScan' | 'letter',
  scan: { sha256: string; bytes: number; name: string; storedAt: Date; reading: ScanReading | undefined },
): Promise<void> {
  const { sha256, bytes, storedAt, name } = scan;
  await trx
    .insertInto('storedFile')
    .values({ sha256, bytes, storedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const change =
    part === 'sealedScan'
      ? { sealedScan: sha256, sealedScanName: name, sealedScanReading: JSON.stringify(scan.reading ?? {}) }
      : { letter: sha256, letterName: name };
  await trx.updateTable('recommendationList').set(change).where('id', '=', id).execute();
}

export const markDelivered = (trx: Trx, id: string, deliveredAt: Date) =>
  trx.updateTable('recommendationList').set({ deliveredAt }).where('id', '=', id).execute();

export const bytesOf = (db: Db, sha256: string) =>
  db.selectFrom('storedFile').select('bytes').where('sha256', '=', sha256).executeTakeFirst();

export const findDepartment = (db: Db, id: string) =>
  db.selectFrom('department').select(['id', 'name', 'kind', 'authorityId']).where('id', '=', id).executeTakeFirst();

export const findListByCode = (db: Db, code: string): Promise<ListRow | undefined> =>
  lists(db).where('list.code', '=', code).executeTakeFirst();
