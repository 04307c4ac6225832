import type { Db, Trx } from '../platform/db/schema.ts';
import { giveWayToImported } from './confirmed-platforms.ts';
import { keysOf, openPersonal, ownerOf, sealValue } from '../platform/secrets/index.ts';

export type Register = 'projects' | 'misconduct' | 'platforms' | 'generalLimits';
type Content = Record<string, unknown>;

const any = (values: string[]) => (values.length > 0 ? values : ['']);

/** Columns that may hold an identity number: sealed in the content, and beside it as a blind index to look people up by. */
const OF_PEOPLE = ['personId', 'subjectId'] as const;

export const registerStates = (db: Db, authorityId: string) =>
  db.selectFrom('registerState').selectAll().where('authorityId', '=', authorityId).execute();

export const projectsOf = async (db: Db, authorityId: string, people: string[], uscc: string[]): Promise<Content[]> => {
  const keys = await keysOf(db);
  const rows = await db
    .selectFrom('projectRecord')
    .select('content')
    .where('authorityId', '=', authorityId)
    .where((where) =>
      where.or([where('personId', 'in', any(people.flatMap(keys.indexes))), where('uscc', 'in', any(uscc))]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ content }) => openPersonal(keys, ownerOf.register('projects', authorityId), content));
};

export const misconductOf = async (db: Db, authorityId: string, subjects: string[]): Promise<Content[]> => {
  const keys = await keysOf(db);
  const rows = await db
    .selectFrom('misconductRecord')
    .select('content')
    .where('authorityId', '=', authorityId)
    .where('subjectId', 'in', any(subjects.flatMap(keys.indexes)))
    .orderBy('id')
    .execute();
  return rows.map(({ content }) => openPersonal(keys, ownerOf.register('misconduct', authorityId), content));
};

export const platformsOf = async (db: Db, authorityId: string, uscc: string[]): Promise<Content[]> => {
  const rows = await db
    .selectFrom('platformRecord')
    .select('content')
    .where('authorityId', '=', authorityId)
    .where('uscc', 'in', any(uscc))
    .orderBy('id')
    .execute();
  return rows.map(({ content }) => content);
};

/** What holds for everybody, and what holds for one of these. */
export const generalLimitsOf = async (db: Db, authorityId: string, subjects: string[]): Promise<Content[]> => {
  const keys = await keysOf(db);
  const rows = await db
    .selectFrom('generalLimitRecord')
    .select('content')
    .where('authorityId', '=', authorityId)
    .where((where) =>
      where.or([where('subjectId', 'is', null), where('subjectId', 'in', any(subjects.flatMap(keys.indexes)))]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ content }) => openPersonal(keys, ownerOf.register('generalLimits', authorityId), content));
};

export const organisationsOf = (db: Db, authorityId: string, uscc: string[]) =>
  db
    .selectFrom('organisation')
    .select(['uscc', 'name', 'kind', 'legalPerson', 'registeredOn', 'division'])
    .where('authorityId', '=', authorityId)
    .where('state', '=', 'approved')
    .where('uscc', 'in', any(uscc))
    .orderBy('uscc')
    .execute();

export async function saveState(
  trx: Trx,
  state: { authorityId: string; register: string; name: string; asOf: string; status: 'ok' | 'down' },
): Promise<void> {
  const { name, asOf, status } = state;
  await trx
    .insertInto('registerState')
    .values(state)
    .onConflict((conflict) => conflict.columns(['authorityId', 'register']).doUpdateSet({ name, asOf, status }))
    .execute();
}

/** Keeps what is known already: a register that an operator brought up to date is not overwritten. True when it was unknown. */
export async function addStateIfUnknown(
  trx: Trx,
  state: { authorityId: string; register: string; name: string; asOf: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('registerState')
    .values({ ...state, status: 'ok' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

type Imported = { authorityId: string; source: string; asOf: string; rows: Content[] };
const BATCH = 1000;

/** Replaces all rows of a register for an authority. */
export async function replaceRows(
  trx: Trx,
  register: Register,
  { authorityId, source, asOf, rows }: Imported,
): Promise<void> {
  const base = { authorityId, source, asOf };
  const keys = await keysOf(trx);
  const owner = ownerOf.register(register, authorityId);
  const orNull = (row: Content, key: string): string | null => (typeof row[key] === 'string' ? row[key] : null);
  const text = (row: Content, key: string): string => orNull(row, key) ?? '';
  const indexOrNull = (row: Content, key: string): string | null => {
    const value = orNull(row, key);
    return value === null ? null : keys.index(value);
  };
  const sealed = (row: Content): Content => ({
    ...row,
    ...Object.fromEntries(
      OF_PEOPLE.filter((key) => orNull(row, key) !== null).map((key) => [key, sealValue(keys, owner, row[key], true)]),
    ),
  });
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, index) =>
    rows.slice(index * BATCH, (index + 1) * BATCH).map((row) => ({ row, content: JSON.stringify(sealed(row)) })),
  );
  if (register === 'projects') {
    await trx.deleteFrom('projectRecord').where('authorityId', '=', authorityId).execute();
    for (const batch of batches) {
      const values = batch.map(({ row, content }) => ({
        ...base,
        personId: indexOrNull(row, 'personId'),
        uscc: orNull(row, 'uscc'),
        content,
      }));
      await trx.insertInto('projectRecord').values(values).execute();
    }
  } else if (register === 'misconduct') {
    await trx.deleteFrom('misconductRecord').where('authorityId', '=', authorityId).execute();
    for (const batch of batches) {
      const values = batch.map(({ row, content }) => ({
        ...base,
        subjectId: indexOrNull(row, 'subjectId') ?? '',
        content,
      }));
      await trx.insertInto('misconductRecord').values(values).execute();
    }
  } else if (register === 'generalLimits') {
    await trx.deleteFrom('generalLimitRecord').where('authorityId', '=', authorityId).execute();
    for (const batch of batches) {
      const values = batch.map(({ row, content }) => ({ ...base, subjectId: indexOrNull(row, 'subjectId'), content }));
      await trx.insertInto('generalLimitRecord').values(values).execute();
    }
  } else {
    await trx
      .deleteFrom('platformRecord')
      .where('authorityId', '=', authorityId)
      .where('hostedPlatformId', 'is', null)
      .execute();
    for (const batch of batches) {
      const values = batch.map(({ row, content }) => ({ ...base, uscc: text(row, 'uscc'), content }));
      await trx.insertInto('platformRecord').values(values).execute();
    }
    await giveWayToImported(trx, authorityId);
  }
}
