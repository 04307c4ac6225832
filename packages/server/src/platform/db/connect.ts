import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import { Pool, type PoolClient, types as pgTypes, type CustomTypesConfig, type PoolConfig } from 'pg';
import { type Reach, reachNow } from './reach.ts';
import type { Database } from './schema.ts';

/** Where PostgreSQL listens: a URL, or the socket directory of the embedded one. */
export type DatabaseAddress = string | { host: string; port: number; user: string; database: string };

export const toPoolConfig = (address: DatabaseAddress): PoolConfig =>
  typeof address === 'string' ? { connectionString: address } : address;

/** Dates stay text, so that no time zone can move them; 64-bit numbers become numbers (all of ours stay under 2^53). */
const PARSERS = new Map<number, (text: string) => unknown>([
  [pgTypes.builtins.DATE, (text) => text],
  [pgTypes.builtins.INT8, Number],
]);
const types: CustomTypesConfig = { getTypeParser: (oid) => PARSERS.get(oid) ?? pgTypes.getTypeParser(oid) };

/** `unsaid` is the reach of work that nobody has given one (see reach.ts): none, so that what is forgotten shows nothing. */
export function connect(address: DatabaseAddress, max = 10, unsaid: Reach = []): Kysely<Database> {
  return open(reachingPool(poolOf(address, max), unsaid));
}

/** As whoever owns the tables: for tests and measurements. The house itself never works so. */
export const connectAsOwner = (address: DatabaseAddress, max = 10): Kysely<Database> => open(poolOf(address, max));

function poolOf(address: DatabaseAddress, max: number): Pool {
  const pool = new Pool({ ...toPoolConfig(address), max, types, application_name: 'keshen' });
  // An idle connection that breaks (the database restarts) is replaced on next use; unhandled it would end the process.
  pool.on('error', () => {});
  return pool;
}

const open = (pool: Pool | PostgresPool): Kysely<Database> =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

/** A connection is never handed out with the reach of whoever had it before. */
function reachingPool(pool: Pool, unsaid: Reach): PostgresPool {
  const settings = new WeakMap<PoolClient, string>();
  const connectReaching = async () => {
    const client = await pool.connect();
    const wanted = settingOf(reachNow() ?? unsaid);
    const present = settings.get(client);
    if (present === wanted) return client;
    try {
      if (present === undefined) await client.query(AS_APPLICATION);
      await client.query(`select set_config('keshen.authorities', $1, false)`, [wanted]);
    } catch (error) {
      client.release(true);
      throw error;
    }
    settings.set(client, wanted);
    return client;
  };
  return { connect: connectReaching, end: () => pool.end(), options: pool.options };
}

const settingOf = (reach: Reach): string => (reach === 'all' ? '*' : reach.join('\n'));

/** A superuser would pass every wall: whoever connects as one goes on in the plain role that `migrate` made. */
const AS_APPLICATION = `select set_config('role', 'keshen_application', false)
  from pg_roles where rolname = session_user and (rolsuper or rolbypassrls)`;

export async function isReachable(db: Kysely<Database>): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}
