import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../app.ts';
import { logAndNote } from '../notices/index.ts';
import { readConfig } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { connect, connectAsOwner } from '../platform/db/connect.ts';
import { openDocuments } from '../platform/documents/index.ts';
import { openFileStore } from '../platform/files/index.ts';
import { hashToken, newToken, SESSION_COOKIE } from '../platform/http/actor.ts';
import { loadReference } from '../platform/reference/load-reference.ts';
import { type MasterKey, masterKey, withSecrets } from '../platform/secrets/index.ts';
import { openSealAuthorities } from '../platform/seal/index.ts';
import { signerWith } from '../platform/signing/index.ts';
import { freshDatabase } from './database.ts';
import { furnish, type TestHouse, type TestPerson, type TestRole } from './people.ts';

/** Stands still until it is set. */
export type TestClock = { now(): Date; set(instant: string | Date): void; advance(ms: number): void };

export type Inject = (options: InjectOptions) => Promise<LightMyRequestResponse>;

export type TestServer = {
  app: FastifyInstance;
  context: Context;
  /** The same on the connection that the server works on: it shows what the request or the job may see, and no more. */
  atWork: Context;
  clock: TestClock;
  house: TestHouse;
  /** Sends a request as this person, in a session that is always fresh, with the header against cross-site requests. */
  as(person: TestRole | TestPerson): Inject;
  /** The same, signed out. */
  visitor: Inject;
  close(): Promise<void>;
};

export function testClock(start: string | Date): TestClock {
  let at = new Date(start);
  return {
    now: () => new Date(at),
    set: (instant) => (at = new Date(instant)),
    advance: (ms) => (at = new Date(at.getTime() + ms)),
  };
}

/** The whole server on a fresh database, furnished with one person for each role. `env` overrides settings. */
export async function startTestServer(
  options: { at?: string; env?: Record<string, string>; keys?: { master: MasterKey; refreshMs?: number } } = {},
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'keshen-server-'));
  const clock = testClock(options.at ?? '2026-04-01T09:00:00+08:00');
  const address = await freshDatabase();
  const master = options.keys?.master ?? masterKey(randomBytes(32));
  // The test sees and may change everything; the server only what its requests and jobs may, as in production.
  const [db, serversDb] = await Promise.all(
    [connectAsOwner(address), connect(address)].map((one) => withSecrets(one, master, options.keys?.refreshMs)),
  );
  if (!db || !serversDb) throw new Error('no database');
  const config = readConfig({ KESHEN_DATA: dataDir, ...options.env });
  const context: Context = {
    config,
    reference: await loadReference(config.referenceDir),
    db,
    clock,
    files: await openFileStore(join(dataDir, 'files'), config.s3),
    signer: signerWith(generateKeyPairSync('ed25519').privateKey),
    documents: openDocuments(),
    seals: openSealAuthorities(config, clock),
    log: logAndNote,
  };
  const atWork: Context = { ...context, db: serversDb };
  const house = await furnish(db);
  const app = await buildApp(atWork);
  await app.ready();

  const visitor: Inject = ({ headers, ...request }) =>
    app.inject({ ...request, headers: { 'x-keshen': '1', ...headers } });
  const as = (who: TestRole | TestPerson): Inject => {
    const person = typeof who === 'string' ? house.people[who] : who;
    return async ({ cookies, ...request }) => {
      const token = newToken();
      const now = clock.now();
      await db
        .insertInto('session')
        .values({
          tokenHash: hashToken(token),
          personId: person.id,
          createdAt: now,
          lastSeenAt: now,
          expiresAt: new Date(now.getTime() + 3600_000),
          address: '127.0.0.1',
          userAgent: 'test',
        })
        .execute();
      return visitor({ ...request, cookies: Object.assign({ [SESSION_COOKIE]: token }, cookies) });
    };
  };
  const close = async (): Promise<void> => {
    await app.close();
    await context.documents.close();
    await Promise.all([db.destroy(), serversDb.destroy()]);
    await rm(dataDir, { recursive: true, force: true });
  };
  return { app, context, atWork, clock, house, as, visitor, close };
}
