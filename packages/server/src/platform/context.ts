import type { Kysely } from 'kysely';
import type { Log } from './audit/log.ts';
import type { Clock } from './clock/clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/schema.ts';
import type { Documents } from './documents/index.ts';
import type { FileStore } from './files/index.ts';
import type { Reference } from './reference/load-reference.ts';
import type { SealAuthorities } from './seal/index.ts';
import type { Signer } from './signing/index.ts';

/** What every use case may reach: made once at start, handed down as an argument. */
export type Context = {
  config: Config;
  db: Kysely<Database>;
  clock: Clock;
  reference: Reference;
  files: FileStore;
  signer: Signer;
  documents: Documents;
  seals: SealAuthorities;
  log: Log;
};
