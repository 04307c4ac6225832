import { sql } from 'kysely';
import type { Db } from '../db/schema.ts';
import type { Keyring } from './keyring.ts';
import { ownerOf } from './owners.ts';
import { resealPersonal } from './personal-values.ts';

/** A table with sealed values: how to read a batch of it in the order of its key, and the change a row needs, if any. */
type Place = {
  name: string;
  /** The columns of the key, which tell a row and give the order. */
  key: string[];
  columns: string[];
  table: string;
  reseal: (keys: Keyring, row: Row) => Record<string, unknown> | undefined;
};
type Row = Record<string, unknown>;

const text = (row: Row, column: string): string => String(row[column] ?? '');

function resealedData(keys: Keyring, row: Row): Row | undefined {
  const data = resealPersonal(keys, ownerOf.application(text(row, 'application_id')), row['data']);
  return data === undefined ? undefined : { data: JSON.stringify(data) };
}

/** Rows of a register carry the blind index of the number beside its sealed value. */
const resealedRegister =
  (register: string, column: string, key: string) =>
  (keys: Keyring, row: Row): Row | undefined => {
    const content = resealPersonal(keys, ownerOf.register(register, text(row, 'authority_id')), row['content']);
    if (content === undefined) return undefined;
    const { index } = (content as Record<string, { index?: string } | undefined>)[key] ?? {};
    return { content: JSON.stringify(content), ...(index !== undefined && { [column]: index }) };
  };

/** The indexes stand beside the sealed values, so that one account an identity number is the database's own rule. */
function resealedProfile(keys: Keyring, row: Row): Row | undefined {
  const data = resealPersonal(keys, ownerOf.person(text(row, 'person_id')), row['data']);
  if (data === undefined) return undefined;
  const { idNumber, passportNumber, phone } = data as Record<string, { index?: string } | undefined>;
  return {
    data: JSON.stringify(data),
    id_number: idNumber?.index ?? passportNumber?.index ?? null,
    phone: phone?.index ?? null,
  };
}

function resealedText(keys: Keyring, owner: string, column: string, row: Row): Row | undefined {
  const stored = row[column];
  if (typeof stored !== 'string' || keys.isFresh(stored)) return undefined;
  return { [column]: keys.seal(owner, keys.open(owner, stored)) };
}

const PLACES: Place[] = [
  {
    name: '申报书',
    table: 'application_section',
    key: ['application_id', 'section'],
    columns: ['data'],
    reseal: resealedData,
  },
  {
    name: '申报书的历次修改',
    table: 'application_section_history',
    key: ['application_id', 'section', 'revision'],
    columns: ['data'],
    reseal: resealedData,
  },
  {
    name: '提交的版本',
    table: 'snapshot',
    key: ['id'],
    columns: ['application_id', 'content_key'],
    reseal: (keys, row) => resealedText(keys, ownerOf.application(text(row, 'application_id')), 'content_key', row),
  },
  {
    name: '单位联系电话',
    table: 'organisation',
    key: ['id'],
    columns: ['contact_phone'],
    reseal: (keys, row) => resealedText(keys, ownerOf.organisation(text(row, 'id')), 'contact_phone', row),
  },
  {
    name: '两步验证的密钥',
    table: 'second_factor',
    key: ['person_id'],
    columns: ['sealed_secret'],
    reseal: (keys, row) => resealedText(keys, ownerOf.secondFactor(text(row, 'person_id')), 'sealed_secret', row),
  },
  {
    name: '个人资料',
    table: 'person_profile',
    key: ['person_id'],
    columns: ['data'],
    reseal: resealedProfile,
  },
  {
    name: '个人信息的更正和删除申请',
    table: 'personal_data_request',
    key: ['id'],
    columns: ['person_id', 'sealed_text', 'sealed_name'],
    reseal: (keys, row) => {
      const owner = ownerOf.person(text(row, 'person_id'));
      const change = {
        ...resealedText(keys, owner, 'sealed_text', row),
        ...resealedText(keys, owner, 'sealed_name', row),
      };
      return Object.keys(change).length > 0 ? change : undefined;
    },
  },
  {
    name: '通知地址',
    table: 'notice_address',
    key: ['id'],
    columns: ['person_id', 'address'],
    reseal: (keys, row) => resealedText(keys, ownerOf.person(text(row, 'person_id')), 'address', row),
  },
  {
    name: '项目登记',
    table: 'project_record',
    key: ['id'],
    columns: ['authority_id', 'content'],
    reseal: resealedRegister('projects', 'person_id', 'personId'),
  },
  {
    name: '失信记录',
    table: 'misconduct_record',
    key: ['id'],
    columns: ['authority_id', 'content'],
    reseal: resealedRegister('misconduct', 'subject_id', 'subjectId'),
  },
];

const BATCH = 500;

export type Resealed = { name: string; rows: number; changed: number };

/**
 * Brings every sealed value under the newest key, a batch a transaction, while the system runs: a row that somebody is saving is waited
 * for, and nothing is read or written that the batch does not hold.
 */
export async function resealAll(db: Db, keys: Keyring): Promise<Resealed[]> {
  const done: Resealed[] = [];
  for (const place of PLACES) done.push(await resealPlace(db, keys, place));
  return done;
}

async function resealPlace(db: Db, keys: Keyring, place: Place): Promise<Resealed> {
  const result = { name: place.name, rows: 0, changed: 0 };
  for (let after: unknown[] | undefined; ;) {
    const batch = await resealBatch(db, keys, place, after);
    result.rows += batch.rows;
    result.changed += batch.changed;
    if (!batch.last) return result;
    after = batch.last;
  }
}

const list = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

function resealBatch(db: Db, keys: Keyring, { table, key, columns, reseal }: Place, after: unknown[] | undefined) {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<Row>`select ${list([...key, ...columns])} from ${sql.table(table)}
      ${after ? sql`where (${list(key)}) > (${sql.join(after)})` : sql``}
      order by ${list(key)} limit ${BATCH} for update`.execute(trx.withoutPlugins());
    let changed = 0;
    for (const row of rows) {
      const change = reseal(keys, row);
      if (!change) continue;
      changed += 1;
      const set = Object.entries(change).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
      const own = key.map((column) => sql`${sql.ref(column)} = ${row[column]}`);
      await sql`update ${sql.table(table)} set ${sql.join(set)} where ${sql.join(own, sql` and `)}`.execute(
        trx.withoutPlugins(),
      );
    }
    const end = rows.at(-1);
    const last = rows.length === BATCH && end ? key.map((column) => end[column]) : undefined;
    return { rows: rows.length, changed, last };
  });
}
