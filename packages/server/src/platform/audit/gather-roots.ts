import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Signer } from '../signing/index.ts';
import { stateRoot } from './root.ts';
import * as store from './store-roots.ts';

/** Whoever stamps a hash with a time of its own (RFC 3161). */
export type TimeStamper = {
  /** As shown to people and kept beside the token. */
  name: string;
  /** A TimeStampToken (DER) over a SHA-256 imprint. Throws when the authority does not answer. */
  timestamp(imprint: Uint8Array): Promise<Uint8Array>;
};

type Db = Kysely<Database>;

/** Most events of one root, so that a proof stays quick to make: 512 KB of leaves. */
const MOST_EVENTS = 16_384;

/**
 * Makes roots over every event that no root covers yet. Safe to call from several processes at once: one works, the others make none.
 * Returns how many were made.
 */
export async function gatherRoots({ db, signer }: { db: Db; signer: Signer }, now: Date): Promise<number> {
  const settled = await store.highestSettledEvent(db);
  if (settled === undefined) return 0;
  return db.transaction().execute(async (trx) => {
    if (!(await store.claimGathering(trx))) return 0;
    let previous = await store.lastRoot(trx);
    for (let made = 0; ; made += 1) {
      const events = await store.eventHashes(trx, previous.lastEvent + 1, settled, MOST_EVENTS);
      if (events.length === 0) return made;
      const { statement, text, hash, leaves } = stateRoot(previous, events, now);
      const { ordinal, firstEvent, lastEvent } = statement;
      const root = { ordinal, firstEvent, lastEvent, madeAt: now, statement: text, hash, leaves };
      await store.insertRoot(trx, { ...root, signature: signer.sign(text) });
      previous = { ordinal, lastEvent, hash };
    }
  });
}

const STAMPS_AT_ONCE = 20;

/** Has roots stamped that have no time-stamp yet. Throws when the authority does not answer; what was stamped before stays. */
export async function stampRoots(db: Db, stamper: TimeStamper, now: () => Date): Promise<number> {
  const waiting = await store.unstampedRoots(db, STAMPS_AT_ONCE);
  for (const { ordinal, hash } of waiting) {
    const token = Buffer.from(await stamper.timestamp(Buffer.from(hash, 'hex')));
    await store.insertStamp(db, { root: ordinal, authority: stamper.name, stampedAt: now(), token });
  }
  return waiting.length;
}
