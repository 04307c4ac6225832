import { officialInstant } from '@keshen/rules';
import { canonicalJson } from './canonical.ts';
import type { Db } from '../db/schema.ts';
import { isSignedBy, type Signer } from '../signing/index.ts';
import { eventHash } from './log.ts';
import { merkleProof, rootOfProof } from './merkle.ts';
import { leavesOf, readStatement } from './root.ts';
import * as store from './store-receipts.ts';
import type { Receipt } from './receipt-format.ts';
import { rootOver, stampOf } from './store-roots.ts';
import type { ReadStamp } from './verify-roots.ts';

/** A receipt for an event that is known to exist. */
export async function issueReceipt(
  { db, signer }: { db: Db; signer: Signer },
  event: store.ReceiptEvent,
  about: Record<string, string>,
  now: Date,
): Promise<Receipt> {
  const unsigned: Omit<Receipt, 'signature'> = {
    format: 'keshen-receipt-1',
    about,
    chain: `${event.subjectKind}:${event.subjectId}`,
    position: await store.positionOf(db, event),
    action: event.action,
    at: event.at.toISOString(),
    hash: event.hash,
    issuedAt: now.toISOString(),
    publicKey: signer.publicKey,
    ...(await wayToRoot(db, event)),
  };
  return { ...unsigned, signature: signer.sign(canonicalJson(unsigned)) };
}

async function wayToRoot(db: Db, event: store.ReceiptEvent): Promise<Pick<Receipt, 'root'>> {
  const root = await rootOver(db, event.id);
  if (!root) return {};
  const leaves = leavesOf(root.leaves);
  const index = leaves.findIndex((leaf) => leaf.toString('hex') === event.hash);
  if (index < 0) throw new Error(`event ${event.id} is not under root ${root.ordinal}: the log was changed`);
  const stamp = await stampOf(db, root.ordinal);
  return {
    root: {
      statement: root.statement,
      signature: root.signature,
      ...(stamp && { stamp: stamp.token.toString('base64') }),
      index,
      proof: merkleProof(leaves, index).map((node) => node.toString('hex')),
    },
  };
}

/** One thing that was looked at. `text` is Chinese. */
export type Check = { ok: boolean; text: string };

/** Compares a receipt with the log as it is now. Reads nothing but what the receipt names. */
export async function checkReceipt(
  { db, publicKey, readStamp }: { db: Db; publicKey: string; readStamp: ReadStamp },
  receipt: Receipt,
): Promise<Check[]> {
  const { signature, ...unsigned } = receipt;
  const own = isSignedBy(publicKey, canonicalJson(unsigned), signature);
  return [
    { ok: own, text: own ? '回执由本系统签发，内容没有改动' : '回执不是本系统签发的，或者内容被改动过' },
    ...(await checkEvent(db, receipt)),
    ...(receipt.root ? await checkRoot(receipt.root, receipt.hash, publicKey, readStamp) : []),
  ];
}

async function checkEvent(db: Db, receipt: Receipt): Promise<Check[]> {
  const [kind = ''] = receipt.chain.split(':', 1);
  const chain = await store.chainUpTo(db, { kind, id: receipt.chain.slice(kind.length + 1) }, receipt.position);
  const event = chain[receipt.position - 1];
  if (!event) return [{ ok: false, text: '日志里没有这条记录' }];
  const { id: _id, previousHash, hash, ...row } = event;
  const same =
    hash === receipt.hash &&
    eventHash(previousHash, row) === hash &&
    row.action === receipt.action &&
    row.at.toISOString() === receipt.at;
  const whole = chain.every(
    ({ id: _i, previousHash: before, hash: own, ...content }, index) =>
      eventHash(before, content) === own && (index === 0 || before === chain[index - 1]?.hash),
  );
  return [
    { ok: same, text: same ? '日志里有这条记录，与回执一致' : '日志里的记录与回执不一致' },
    { ok: whole, text: whole ? '这条记录之前的记录都没有改动' : '这条记录之前的记录有改动' },
  ];
}

async function checkRoot(
  { statement: text, signature, stamp, index, proof }: NonNullable<Receipt['root']>,
  hash: string,
  publicKey: string,
  readStamp: ReadStamp,
): Promise<Check[]> {
  const statement = readStatement(text);
  const top =
    statement &&
    rootOfProof(
      Buffer.from(hash, 'hex'),
      index,
      statement.events,
      proof.map((node) => Buffer.from(node, 'hex')),
    );
  const held = top?.toString('hex') === statement?.merkle && isSignedBy(publicKey, text, signature);
  const checks = [{ ok: held, text: held ? '记录在已签名的日志根之下' : '记录与日志根对不上' }];
  if (!stamp) return checks;
  const read = await readStamp(Buffer.from(stamp, 'base64'), text);
  return [
    ...checks,
    typeof read === 'string'
      ? { ok: false, text: `日志根的时间戳不可信：${read}` }
      : { ok: true, text: `日志根有时间戳证明：${officialInstant(read.at.getTime())}已经存在` },
  ];
}
