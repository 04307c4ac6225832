import { officialInstant } from '@keshen/rules';
import { checkReceipt } from '../platform/audit/receipt.ts';
import { readReceipt } from '../platform/audit/receipt-format.ts';
import { readRootFile, type RootFile } from '../platform/audit/root.ts';
import { rootOf } from '../platform/audit/store-roots.ts';
import { timeStampingOf, type TimeStamping } from '../platform/audit/time-stamping.ts';
import { type BrokenLink, verifyChains } from '../platform/audit/verify-chains.ts';
import { verifyRoots } from '../platform/audit/verify-roots.ts';
import type { Context } from '../platform/context.ts';
import { isSignedBy } from '../platform/signing/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { readJsonFile } from './read-json.ts';
import { refuse, withContext } from './with-context.ts';

const USAGE = '用法：keshen verify-log [--subject 类别:编号] [--root 根.json] [--receipt 回执.json]';

/** Proves every chain and every root, or one subject's chain, a kept root or a receipt. Exit code 1 names what does not hold. */
export async function run(args: string[]): Promise<number> {
  const { positional, optional } = readArguments(args, ['subject', 'root', 'receipt']);
  if (positional.length > 0) throw new UsageError(USAGE);
  const subject = optional('subject');
  const root = optional('root');
  const receipt = optional('receipt');
  return withContext(async (context) => {
    const stamping = timeStampingOf(context.config, context.clock);
    if (receipt) return verifyReceipt(context, stamping, receipt);
    if (root) return verifyRootFile(context, stamping, root);
    if (subject) return verifySubject(context, subject);
    return verifyAll(context, stamping);
  });
}

const said = (at: Date): string => officialInstant(at.getTime());

function sayBroken([first, ...others]: readonly BrokenLink[]): string {
  if (!first) return '';
  const why = first.why === 'content' ? '内容被改过' : '与前一条接不上，前面有记录被删去或换过';
  const more = others.length > 0 ? `；此后还有${others.length}处` : '';
  return `第一处断开：事件 ${first.event}（${first.chain}，${said(first.at)}），${why}${more}。`;
}

async function verifyAll(context: Context, { readStamp }: TimeStamping): Promise<number> {
  const chains = await verifyChains(context.db);
  const roots = await verifyRoots(context.db, context.signer.publicKey, readStamp);
  const [fault] = roots.faults;
  console.log(`日志：${chains.events}条记录，${chains.chains}条链。`);
  console.log(`根：${roots.roots}个，其中${roots.stamped}个有时间戳，固定到事件 ${roots.covered}。`);
  if (chains.broken.length === 0 && !fault) {
    console.log('每条链、每个根都接得上，没有改动。');
    return 0;
  }
  const text = fault
    ? `日志根 ${fault.root}（${said(fault.madeAt)}）：${fault.why}${fault.event ? `，从事件 ${fault.event} 起` : ''}。`
    : '';
  return refuse([sayBroken(chains.broken), text].filter(Boolean).join('\n'));
}

async function verifySubject({ db }: Context, subject: string): Promise<number> {
  const at = subject.indexOf(':');
  if (at < 1) throw new UsageError(`--subject 应写成“类别:编号”，例如 application:…，现为“${subject}”。`);
  const chain = await verifyChains(db, { kind: subject.slice(0, at), id: subject.slice(at + 1) });
  if (chain.events === 0) return refuse(`日志里没有“${subject}”的记录。`);
  if (chain.broken.length > 0) return refuse(sayBroken(chain.broken));
  console.log(`${subject}：${chain.events}条记录，链是完整的。`);
  return 0;
}

/** A root that was kept outside of the house still stands in it, word for word. */
async function verifyRootFile({ db, signer }: Context, { readStamp }: TimeStamping, name: string): Promise<number> {
  const file: RootFile | undefined = readRootFile((await readJsonFile(name)).value);
  if (!file) return refuse(`“${name}”不是日志根的文件。`);
  const { statement, text, signature, stamp } = file;
  const kept = await rootOf(db, statement.ordinal);
  if (!isSignedBy(signer.publicKey, text, signature)) return refuse('这个根不是本系统签名的，或者文件被改动过。');
  if (kept?.statement !== text) {
    return refuse(`日志根 ${statement.ordinal} 与留存的不一致：日志在${statement.madeAt}之后被整体改写过。`);
  }
  const read = stamp && (await readStamp(stamp, text));
  if (typeof read === 'string') return refuse(`时间戳不可信：${read}`);
  const when = read ? `，时间戳${said(read.at)}` : '，没有时间戳';
  console.log(
    `日志根 ${statement.ordinal} 与留存的一致（事件 ${statement.firstEvent}–${statement.lastEvent}${when}）。`,
  );
  return 0;
}

async function verifyReceipt({ db, signer }: Context, { readStamp }: TimeStamping, name: string): Promise<number> {
  const receipt = readReceipt((await readJsonFile(name)).value);
  if (!receipt) return refuse(`“${name}”不是回执文件。`);
  const checks = await checkReceipt({ db, publicKey: signer.publicKey, readStamp }, receipt);
  for (const { ok, text } of checks) console.log(`${ok ? '✓' : '✗'} ${text}`);
  return checks.every(({ ok }) => ok) ? 0 : 1;
}
