import { createHash } from 'node:crypto';
import type { Role } from '@keshen/rules';
import { sql } from 'kysely';
import type { Db, Trx } from '../db/schema.ts';
import { canonicalJson } from './canonical.ts';

export type Event = {
  at: Date;
  /** Absent for what the system or an unknown visitor does. */
  actor?: { personId: string } | undefined;
  role?: Role | undefined;
  action: string;
  outcome: 'done' | 'refused';
  subjectKind: string;
  subjectId: string;
  applicationId?: string | undefined;
  /** Must survive JSON unchanged: no Date, no undefined inside lists. */
  detail?: Record<string, unknown> | undefined;
  request?: { address: string; requestId: string } | undefined;
};

const START = '0'.repeat(64);

/**
 * Appends an event to the chain of its subject: hash = sha256(previous hash + canonical event). Writers of one subject wait for each other
 * until the transaction ends, so the chain cannot fork. A refusal must be recorded outside of the transaction that it rolls back.
 */
export async function record(trx: Trx, event: Event): Promise<void> {
  const chain = `${event.subjectKind}:${event.subjectId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${chain}, 0))`.execute(trx);
  const last = await trx
    .selectFrom('event')
    .select('hash')
    .where('subjectKind', '=', event.subjectKind)
    .where('subjectId', '=', event.subjectId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    at: event.at,
    personId: event.actor?.personId ?? null,
    role: event.role ?? null,
    action: event.action,
    outcome: event.outcome,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    applicationId: event.applicationId ?? null,
    detail: event.detail ?? {},
    address: event.request?.address ?? null,
    requestId: event.request?.requestId ?? null,
  };
  const previousHash = last?.hash ?? START;
  await trx
    .insertInto('event')
    .values({ ...row, detail: JSON.stringify(row.detail), previousHash, hash: eventHash(previousHash, row) })
    .execute();
}

const eventHash = (previous: string, row: { at: Date }): string =>
  createHash('sha256')
    .update(previous)
    .update(canonicalJson({ ...row, at: row.at.toISOString() }))
    .digest('hex');

/** Walks every chain. Returns the number of events and the id of each event whose link is broken. */
export async function verifyLog(db: Db): Promise<{ events: number; broken: number[] }> {
  const heads = new Map<string, string>();
  const broken: number[] = [];
  let events = 0;
  for (let after = 0; ;) {
    const rows = await db.selectFrom('event').selectAll().where('id', '>', after).orderBy('id').limit(5000).execute();
    for (const { id, previousHash, hash, ...row } of rows) {
      const chain = `${row.subjectKind}:${row.subjectId}`;
      if (previousHash !== (heads.get(chain) ?? START) || hash !== eventHash(previousHash, row)) broken.push(id);
      heads.set(chain, hash);
      after = id;
      events += 1;
    }
    if (rows.length === 0) return { events, broken };
  }
}
