import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { Client } from 'pg';
import { type DatabaseAddress, toPoolConfig } from './connect.ts';

const dir = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** One at a time sees to the walls and to the role, both of which several servers may find missing. */
const WALLS = 5_180_009;

/** Brings the schema up to date and walls off every table that leads to an authority. Several processes may call it at once: node-pg-migrate takes an advisory lock. */
export async function migrate(address: DatabaseAddress): Promise<void> {
  const client = new Client(toPoolConfig(address));
  await client.connect();
  try {
    // A migration moves the data of all authorities.
    await client.query(`set keshen.authorities = '*'`);
    await runner({
      dbClient: client,
      dir,
      direction: 'up',
      migrationsTable: 'migration',
      checkOrder: true,
      advisoryLockMode: 'wait',
      log: () => {},
    });
    await client.query('select pg_advisory_lock($1)', [WALLS]);
    await client.query('select wall_off_all(), let_application_in()');
    await client.query('select pg_advisory_unlock($1)', [WALLS]);
  } finally {
    await client.end();
  }
}
