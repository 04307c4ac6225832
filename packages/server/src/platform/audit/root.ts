import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import { START } from './log.ts';
import { merkleRoot } from './merkle.ts';

/**
 * What a root vouches for: the hashes of all events of one stretch of the log as a Merkle root, and by `previous` every root before it.
 * Since each event's hash contains the one before it in its chain, the heads of all chains are in it.
 */
export type Statement = {
  format: 'keshen-root-1';
  /** From 1. */
  ordinal: number;
  /** SHA-256 of the statement before this one, zeros for the first. */
  previous: string;
  /** The stretch of event ids, both included; ids between them that no event has were never used. */
  firstEvent: number;
  lastEvent: number;
  events: number;
  merkle: string;
  /** ISO instant of the server's clock; the time-stamp says the same by a clock that is not the server's. */
  madeAt: string;
};

export type Previous = { ordinal: number; lastEvent: number; hash: string };

export const BEFORE_THE_FIRST: Previous = { ordinal: 0, lastEvent: 0, hash: START };

/** The statement over the events that follow the previous root, as the canonical text that is signed, with its SHA-256. */
export function stateRoot(
  previous: Previous,
  events: readonly { id: number; hash: string }[],
  madeAt: Date,
): { statement: Statement; text: string; hash: string; leaves: Buffer } {
  const leaves = events.map(({ hash }) => Buffer.from(hash, 'hex'));
  const statement: Statement = {
    format: 'keshen-root-1',
    ordinal: previous.ordinal + 1,
    previous: previous.hash,
    firstEvent: previous.lastEvent + 1,
    lastEvent: events.at(-1)?.id ?? previous.lastEvent,
    events: events.length,
    merkle: merkleRoot(leaves).toString('hex'),
    madeAt: madeAt.toISOString(),
  };
  const text = canonicalJson(statement);
  return { statement, text, hash: hashOf(text), leaves: Buffer.concat(leaves) };
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A text as a statement; undefined when it is none. */
export function readStatement(text: string): Statement | undefined {
  try {
    const value: Statement = JSON.parse(text);
    return value.format === 'keshen-root-1' && Number.isSafeInteger(value.ordinal) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The leaves of a root, 32 bytes each. */
export const leavesOf = (leaves: Buffer): Buffer[] =>
  Array.from({ length: Math.floor(leaves.length / 32) }, (_, index) => leaves.subarray(index * 32, index * 32 + 32));

/** A root kept outside of the house: whoever has it can show later whether the log was rewritten. */
export type RootFile = { statement: Statement; text: string; signature: string; stamp: Buffer | undefined };

/** A parsed JSON file as a kept root; undefined when it is none. */
export function readRootFile(value: unknown): RootFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { statement: text, signature, stamp } = value as Record<string, unknown>;
  const statement = typeof text === 'string' ? readStatement(text) : undefined;
  if (!statement || typeof text !== 'string' || typeof signature !== 'string') return undefined;
  return { statement, text, signature, stamp: typeof stamp === 'string' ? Buffer.from(stamp, 'base64') : undefined };
}
