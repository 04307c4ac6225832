import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { DatabaseAddress } from '../platform/db/connect.ts';

export const TEMPLATE = 'keshen_template';

/** A fresh, migrated database for one test file. */
export async function freshDatabase(): Promise<Exclude<DatabaseAddress, string>> {
  const server = inject('database');
  const database = `keshen_${randomBytes(6).toString('hex')}`;
  const client = new Client({ ...server, database: 'postgres' });
  await client.connect();
  await client.query(`create database ${database} template ${TEMPLATE}`);
  await client.end();
  return { ...server, database };
}
