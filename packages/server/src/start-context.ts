import { join } from 'node:path';
import { logAndNote } from './notices/index.ts';
import { systemClock } from './platform/clock/clock.ts';
import { ConfigError, type Config } from './platform/config.ts';
import type { Context } from './platform/context.ts';
import { connect, type DatabaseAddress } from './platform/db/connect.ts';
import { startEmbedded } from './platform/db/embedded.ts';
import { migrate } from './platform/db/migrate.ts';
import { openDocuments } from './platform/documents/index.ts';
import { openFileStore } from './platform/files/index.ts';
import { loadReference } from './platform/reference/load-reference.ts';
import { openMasterKey, withSecrets } from './platform/secrets/index.ts';
import { openSealAuthorities } from './platform/seal/index.ts';
import { openSigner } from './platform/signing/index.ts';

/** The whole house, ready for a request or a command; `close` ends all of it, the embedded database last. */
export async function startContext(
  config: Config,
  onDatabaseExit?: () => void,
): Promise<{ context: Context; close: () => Promise<void> }> {
  if (config.databaseUrl) return furnish(config, config.databaseUrl).catch(explainUnreachable);
  let ending = false;
  const embedded = await startEmbedded(join(config.dataDir, 'database'), {
    onExit: () => {
      if (!ending) onDatabaseExit?.();
    },
  });
  const end = (): Promise<void> => {
    ending = true;
    return embedded.stop();
  };
  const { host, port, user, database } = embedded;
  try {
    const { context, close } = await furnish(config, { host, port, user, database });
    return { context, close: () => close().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Codes of the network and of PostgreSQL (wrong password, no such role, no such database) that the operator mends by DATABASE_URL. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', '28P01', '28000', '3D000']);

function explainUnreachable(error: NodeJS.ErrnoException): never {
  if (!UNREACHABLE.has(error.code ?? '')) throw error;
  throw new ConfigError(`连不上数据库（${error.message}）。请核对 DATABASE_URL，并确认数据库已启动。`);
}

async function furnish(
  config: Config,
  address: DatabaseAddress,
): Promise<{ context: Context; close: () => Promise<void> }> {
  const master = await openMasterKey(config.masterKeyFile, !config.production);
  await migrate(address);
  const context: Context = {
    config,
    db: await withSecrets(connect(address, 20), master),
    clock: systemClock,
    reference: await loadReference(config.referenceDir),
    files: await openFileStore(join(config.dataDir, 'files'), config.s3),
    signer: await openSigner(join(config.dataDir, 'keys', 'signing.pem'), !config.production).catch((error: Error) => {
      throw new ConfigError(error.message);
    }),
    documents: openDocuments(),
    seals: openSealAuthorities(config, systemClock),
    log: logAndNote,
  };
  const close = async (): Promise<void> => {
    await context.documents.close();
    await context.db.destroy();
  };
  return { context, close };
}
