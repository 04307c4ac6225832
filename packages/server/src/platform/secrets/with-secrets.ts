import type { Kysely, KyselyPlugin } from 'kysely';
import type { Database, Db } from '../db/schema.ts';
import { type Keyring, keyringOf } from './keyring.ts';
import type { MasterKey } from './master-key.ts';
import { addDataKeys, readDataKeys } from './store.ts';

/** How long a process may go on with the keys it knows, in ms. A new key is used only after every process has learnt of it. */
export const REFRESH_MS = 10_000;

type Carrier = KyselyPlugin & { keysWith(db: Db): Promise<Keyring> };

/** The keys as they are in the database now. A key of `known`, where it is then added, is not unwrapped again. */
export async function readKeys(db: Db, master: MasterKey, known = new Map<number, Buffer>()): Promise<Keyring> {
  const { seal, index } = await readDataKeys(db, master, known);
  for (const { id, key } of [...seal, ...index]) known.set(id, key);
  return keyringOf(seal, index);
}

/**
 * The keys travel with the connection: stores seal and open with `keysOf(db)`, in a transaction as well, and a connection that was
 * opened without keys cannot read what is sealed. The plugin changes no query.
 */
export async function withSecrets(
  db: Kysely<Database>,
  master: MasterKey,
  refreshMs = REFRESH_MS,
): Promise<Kysely<Database>> {
  await addDataKeys(db, master, { usableInSeconds: 0, onlyIfNone: true });
  const known = new Map<number, Buffer>();
  let keyring = await readKeys(db, master, known);
  let readAt = performance.now();
  const carrier: Carrier = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
    keysWith: async (from) => {
      if (performance.now() - readAt > refreshMs) {
        readAt = performance.now();
        keyring = await readKeys(from, master, known);
      }
      return keyring;
    },
  };
  return db.withPlugin(carrier);
}

const isCarrier = (plugin: KyselyPlugin): plugin is Carrier => 'keysWith' in plugin;

/** The keys of a connection or a transaction. Throws for one that was opened without. */
export async function keysOf(db: Db): Promise<Keyring> {
  const carrier = db.getExecutor().plugins.find(isCarrier);
  if (!carrier) throw new Error('this connection was opened without the keys of the personal data');
  return carrier.keysWith(db);
}
