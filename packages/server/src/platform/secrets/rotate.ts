import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { MasterKey } from './master-key.ts';
import { addDataKeys } from './store.ts';
import { resealAll, type Resealed } from './store-reseal.ts';
import { readKeys, REFRESH_MS } from './with-secrets.ts';

/** After so long every process knows of a new key, in ms. */
const SETTLE_MS = 3 * REFRESH_MS;

/**
 * Makes new data keys and brings everything under them while the system runs: first every process learns of the keys, then they come
 * into use, then what was sealed before is sealed anew. Interrupted, it can be run again.
 */
export async function rotateKeys(db: Kysely<Database>, master: MasterKey, settleMs = SETTLE_MS): Promise<Resealed[]> {
  await addDataKeys(db, master, { usableInSeconds: settleMs / 1000, onlyIfNone: false });
  // Once in use, a process may still seal with the key before until it looks again.
  await new Promise((resolve) => setTimeout(resolve, 2 * settleMs));
  return resealAll(db, await readKeys(db, master));
}
