import type { Db } from '../db/schema.ts';
import { isSignedBy } from '../signing/index.ts';
import { merkleRoot } from './merkle.ts';
import { BEFORE_THE_FIRST, hashOf, leavesOf, type Previous, readStatement } from './root.ts';
import * as store from './store-roots.ts';

/** When a token says that a text existed; a text in its place says in Chinese why the token cannot be believed. */
export type ReadStamp = (token: Uint8Array, stamped: string) => Promise<{ at: Date } | string>;

/** Where the roots and the log disagree. `event` is the first event that is not as it was when the root was made. */
export type RootFault = { root: number; madeAt: Date; why: string; event?: number };
export type RootsVerdict = { roots: number; stamped: number; covered: number; faults: RootFault[] };

const BATCH = 50;

/**
 * Recomputes every root from the events as they are now, and checks signature, order and time-stamp. Finds what the chains cannot show:
 * rows that were rewritten together with their hashes, deleted, or slipped in.
 */
export async function verifyRoots(db: Db, publicKey: string, readStamp: ReadStamp): Promise<RootsVerdict> {
  const verdict: RootsVerdict = { roots: 0, stamped: 0, covered: 0, faults: [] };
  let previous = BEFORE_THE_FIRST;
  for (;;) {
    const roots = await store.rootsAfter(db, previous.ordinal, BATCH);
    for (const root of roots) {
      const stamp = await store.stampOf(db, root.ordinal);
      const complain = (why: string, event?: number): void => {
        const { ordinal, madeAt } = root;
        verdict.faults.push({ root: ordinal, madeAt, why, ...(event !== undefined && { event }) });
      };
      for (const why of faultsOf(root, previous, publicKey)) complain(why);
      const event = await firstDifference(db, root);
      if (event !== undefined) complain('这一段日志与当时固定的不一致', event);
      const late = stamp && (await faultOfStamp(stamp, root, readStamp));
      if (late) complain(late);
      previous = { ordinal: root.ordinal, lastEvent: root.lastEvent, hash: root.hash };
      verdict.roots += 1;
      verdict.stamped += stamp ? 1 : 0;
      verdict.covered = root.lastEvent;
    }
    if (roots.length < BATCH) return verdict;
  }
}

/** What is wrong with a root in itself and with its place behind the one before it. */
function faultsOf(root: store.RootRow, previous: Previous, publicKey: string): string[] {
  const statement = readStatement(root.statement);
  if (!statement) return ['根的内容读不懂'];
  const leaves = leavesOf(root.leaves);
  const follows =
    root.ordinal === previous.ordinal + 1 &&
    statement.ordinal === root.ordinal &&
    statement.previous === previous.hash &&
    statement.firstEvent === previous.lastEvent + 1;
  const agrees =
    statement.firstEvent === root.firstEvent &&
    statement.lastEvent === root.lastEvent &&
    statement.madeAt === root.madeAt.toISOString() &&
    statement.events === leaves.length &&
    hashOf(root.statement) === root.hash;
  return [
    ...(isSignedBy(publicKey, root.statement, root.signature) ? [] : ['根的签名不对']),
    ...(follows ? [] : ['与前一个根接不上']),
    ...(agrees && leaves.length > 0 && merkleRoot(leaves).toString('hex') === statement.merkle
      ? []
      : ['根的内容前后不一致']),
  ];
}

/** The first event of a root's stretch whose hash is not the leaf, or the last that should be there. */
async function firstDifference(db: Db, root: store.RootRow): Promise<number | undefined> {
  const leaves = leavesOf(root.leaves);
  const events = await store.hashesWithForgotten(db, root.firstEvent, root.lastEvent, leaves.length + 1);
  const at = leaves.findIndex((leaf, index) => events[index]?.hash !== leaf.toString('hex'));
  if (at >= 0) return events[at]?.id ?? root.lastEvent;
  return events.length > leaves.length ? events[leaves.length]?.id : undefined;
}

/** Clocks may differ by this much, in ms. */
const TOLERANCE_MS = 5 * 60_000;

async function faultOfStamp(
  stamp: store.StampRow,
  root: store.RootRow,
  readStamp: ReadStamp,
): Promise<string | undefined> {
  const read = await readStamp(stamp.token, root.statement);
  if (typeof read === 'string') return `时间戳不可信：${read}`;
  if (read.at.getTime() < root.madeAt.getTime() - TOLERANCE_MS) return '时间戳早于根形成的时间，服务器的时钟可能不准';
  return undefined;
}
