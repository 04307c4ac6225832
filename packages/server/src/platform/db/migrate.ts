import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { Client } from 'pg';
import { type DatabaseAddress, toPoolConfig } from './connect.ts';

const dir = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Brings the schema up to date. Several processes may call it at once: node-pg-migrate takes an advisory lock. */
export async function migrate(address: DatabaseAddress): Promise<void> {
  const client = new Client(toPoolConfig(address));
  await client.connect();
  try {
    await runner({
      dbClient: client,
      dir,
      direction: 'up',
      migrationsTable: 'migration',
      checkOrder: true,
      advisoryLockMode: 'wait',
      log: () => {},
    });
  } finally {
    await client.end();
  }
}
