import { createHash } from 'node:crypto';
import type { Role } from '@keshen/rules';
import { sql } from 'kysely';
import type { Trx } from '../db/schema.ts';
import { withoutPersonalNumbers } from '../secrets/index.ts';
import { canonicalJson } from './canonical.ts';

export type Event = {
  at: Date;
  /** Absent for what the system or an unknown visitor does. */
  actor?: { personId: string; grants?: readonly { role: Role; deputy?: true }[] } | undefined;
  role?: Role | undefined;
  action: string;
  outcome: 'done' | 'refused';
  subjectKind: string;
  subjectId: string;
  applicationId?: string | undefined;
  /** Must survive JSON unchanged: no Date, no undefined inside lists. Identity numbers, mobiles and e-mail addresses in it are masked. */
  detail?: Record<string, unknown> | undefined;
  request?: { address: string; requestId: string } | undefined;
};

/** How use cases log: in their own transaction. */
export type Log = (trx: Trx, event: Event) => Promise<void>;

/** Stands before the first event of a chain. */
export const START = '0'.repeat(64);

/**
 * Appends an event to the chain of its subject: hash = sha256(previous hash + canonical event). Writers of one subject wait for each other
 * until the transaction ends, so the chain cannot fork. A refusal must be recorded outside of the transaction that it rolls back. Answers
 * the event's number.
 */
export async function record(trx: Trx, event: Event): Promise<number> {
  const chain = `${event.subjectKind}:${event.subjectId}`;
  // The shared lock lets whoever gathers a root wait until no event is under way (see highestSettledEvent).
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('event-log', 0)),
    pg_advisory_xact_lock(hashtextextended(${chain}, 0))`.execute(trx);
  // A chain goes over all authorities; of what other requests may not see it gives the hash alone.
  const { rows: heads } = await sql<{ hash: string | null }>`
    select last_event_hash(${event.subjectKind}, ${event.subjectId}) as hash`.execute(trx);
  const row = {
    at: event.at,
    personId: event.actor?.personId ?? null,
    role: event.role ?? null,
    action: event.action,
    outcome: event.outcome,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    applicationId: event.applicationId ?? null,
    detail: withoutPersonalNumbers({ ...event.detail, ...(asDeputy(event) && { deputy: true }) }),
    address: event.request?.address ?? null,
    requestId: event.request?.requestId ?? null,
  };
  const previousHash = heads[0]?.hash ?? START;
  await trx
    .insertInto('event')
    .values({ ...row, detail: JSON.stringify(row.detail), previousHash, hash: eventHash(previousHash, row) })
    .execute();
  const { rows } = await sql<{ id: number }>`select currval(pg_get_serial_sequence('event', 'id')) as id`.execute(trx);
  const [written] = rows;
  if (!written) throw new Error('the event just written has no number');
  return written.id;
}

/** Whether somebody acts in a role for the administrator who delegated it. */
const asDeputy = ({ actor, role }: Event): boolean =>
  role !== undefined && (actor?.grants?.find((grant) => grant.role === role)?.deputy ?? false);

/** The hash of an event over everything in its row but its id and the hashes. */
export const eventHash = (previous: string, row: { at: Date }): string =>
  createHash('sha256')
    .update(previous)
    .update(canonicalJson({ ...row, at: row.at.toISOString() }))
    .digest('hex');
