import { sql } from 'kysely';
import { ConfigError } from '../config.ts';
import type { Db } from '../db/schema.ts';
import { decrypt, encrypt, newKey } from './cipher.ts';
import type { DataKey } from './keyring.ts';
import type { MasterKey } from './master-key.ts';

export type Purpose = 'seal' | 'index';

const ownerOfKey = (purpose: Purpose): string => `data key:${purpose}`;
const unwrap = (master: MasterKey, row: { purpose: Purpose; wrapped: string }): Buffer =>
  decrypt(master.key, ownerOfKey(row.purpose), Buffer.from(row.wrapped, 'base64'));
const wrap = (master: MasterKey, purpose: Purpose, key: Buffer) => ({
  purpose,
  master: master.id,
  wrapped: encrypt(master.key, ownerOfKey(purpose), key).toString('base64'),
});

/** All keys, those that may already seal first and among them the newest first. A key of `known` is not unwrapped again. */
export async function readDataKeys(
  db: Db,
  master: MasterKey,
  known: ReadonlyMap<number, Buffer>,
): Promise<Record<Purpose, DataKey[]>> {
  const rows = await db
    .selectFrom('dataKey')
    .select(['id', 'purpose', 'master', 'wrapped'])
    .orderBy(sql`usable_from > now()`)
    .orderBy('id', 'desc')
    .execute();
  const keys: Record<Purpose, DataKey[]> = { seal: [], index: [] };
  for (const row of rows) {
    const kept = known.get(row.id);
    if (!kept && row.master !== master.id) {
      throw new ConfigError(
        `主密钥与数据库不符：数据密钥 ${row.id} 由主密钥 ${row.master} 加密，现在给的是 ${master.id}。请核对 KESHEN_MASTER_KEY_FILE。`,
      );
    }
    keys[row.purpose].push({ id: row.id, key: kept ?? unwrap(master, row) });
  }
  return keys;
}

/** One process after the other, so that two that start together do not both make the first keys. */
export async function addDataKeys(
  db: Db,
  master: MasterKey,
  { usableInSeconds, onlyIfNone }: { usableInSeconds: number; onlyIfNone: boolean },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('data-keys', 0))`.execute(trx);
    if (onlyIfNone && (await trx.selectFrom('dataKey').select('id').limit(1).executeTakeFirst())) return;
    for (const purpose of ['seal', 'index'] as const) {
      await trx
        .insertInto('dataKey')
        .values({
          ...wrap(master, purpose, newKey()),
          usableFrom: sql<Date>`now() + make_interval(secs => ${usableInSeconds})`,
        })
        .execute();
    }
  });
}

/** Wraps every data key under another master key; the data stay as they are. */
export async function rewrapDataKeys(db: Db, from: MasterKey, to: MasterKey): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom('dataKey').select(['id', 'purpose', 'wrapped']).forUpdate().execute();
    for (const row of rows) {
      await trx
        .updateTable('dataKey')
        .set(wrap(to, row.purpose, unwrap(from, row)))
        .where('id', '=', row.id)
        .execute();
    }
    return rows.length;
  });
}
