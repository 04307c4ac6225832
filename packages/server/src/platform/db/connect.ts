import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types as pgTypes, type CustomTypesConfig, type PoolConfig } from 'pg';
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

export function connect(address: DatabaseAddress, max = 10): Kysely<Database> {
  const pool = new Pool({ ...toPoolConfig(address), max, types, application_name: 'keshen' });
  // An idle connection that breaks (the database restarts) is replaced on next use; unhandled it would end the process.
  pool.on('error', () => {});
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

export async function isReachable(db: Kysely<Database>): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}
