import { type By } from '../applications/index.ts';
import { gatherRoots, stampRoots } from '../platform/audit/gather-roots.ts';
import { rootOf, stampOf } from '../platform/audit/store-roots.ts';
import type { TimeStamping } from '../platform/audit/time-stamping.ts';
import { verifyChains } from '../platform/audit/verify-chains.ts';
import { verifyRoots } from '../platform/audit/verify-roots.ts';
import type { Context } from '../platform/context.ts';
import { ok, refused, type Result } from '../platform/http/result.ts';
import { logReading } from './read-log.ts';
import * as store from './store.ts';

const SHOWN = 200;

export type RootLine = {
  ordinal: number;
  madeAt: string;
  firstEvent: number;
  lastEvent: number;
  hash: string;
  stampedAt?: string;
  authority?: string;
};

export async function readRoots({ db }: Context): Promise<{ items: RootLine[]; total: number }> {
  const roots = await store.listRoots(db, SHOWN);
  const items = roots.map(({ madeAt, authority, stampedAt, ...root }) => ({
    ...root,
    madeAt: madeAt.toISOString(),
    ...(authority !== null && stampedAt && { authority, stampedAt: stampedAt.toISOString() }),
  }));
  return { items, total: items[0]?.ordinal ?? 0 };
}

/** Gathers and stamps at once, on demand. An authority that does not answer is said, the root stands without it. */
export async function gatherNow(
  context: Context,
  { stamper }: TimeStamping,
  by: By,
): Promise<{ made: number; stamped: number; problem?: string }> {
  await logReading(context, by, 'gatherRoots');
  const made = await gatherRoots(context, by.at);
  if (!stamper) return { made, stamped: 0, problem: '没有设置时间戳服务（KESHEN_TSA_URL），根没有时间戳。' };
  try {
    return { made, stamped: await stampRoots(context.db, stamper, () => context.clock.now()) };
  } catch {
    return { made, stamped: 0, problem: `时间戳服务“${stamper.name}”没有应答，稍后会自动补上。` };
  }
}

type RootFile = { statement: string; signature: string; stamp?: string; publicKey: string };

/** A root to be kept outside of the house, as `verify-log --root` reads it. */
export async function rootFile({ db, signer }: Context, ordinal: number): Promise<Result<RootFile>> {
  const root = await rootOf(db, ordinal);
  if (!root) return refused(404, { code: 'not_found', message: '没有这个日志根。' });
  const stamp = await stampOf(db, ordinal);
  return ok({
    statement: root.statement,
    signature: root.signature,
    ...(stamp && { stamp: stamp.token.toString('base64') }),
    publicKey: signer.publicKey,
  });
}

/** Recomputes every chain and every root. */
export async function verifyNow(context: Context, { readStamp }: TimeStamping, by: By) {
  await logReading(context, by, 'verifyLog');
  const chains = await verifyChains(context.db);
  const roots = await verifyRoots(context.db, context.signer.publicKey, readStamp);
  return {
    ...chains,
    broken: chains.broken.slice(0, 100).map((link) => ({ ...link, at: link.at.toISOString() })),
    roots: { ...roots, faults: roots.faults.map((fault) => ({ ...fault, madeAt: fault.madeAt.toISOString() })) },
  };
}
