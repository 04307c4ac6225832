import { createPublicKey, type KeyObject } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '../platform/config.ts';
import { readCodes, readPicture } from '../platform/inspection/index.ts';
import { fingerprintOf } from '../platform/signing/index.ts';
import { type KnownCall, type OfflineVerdict, readOffline } from '../verification/index.ts';
import { readArguments, UsageError } from './arguments.ts';

const USAGE = '用法：keshen verify 二维码内容|文件.pdf|图片|文本.txt [--key 公钥.pem] [--call 通知] [--json]';

const WHAT = { list: '推荐清单', application: '申报书', pledge: '推荐部门承诺书' } as const;

/**
 * Tells what a printed QR says, without the system and without a network: only the public key is needed. Exit code 0 genuine and real, 1
 * forged, a rehearsal's, of another call or not to be told offline, 2 wrong use.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, optional, flag } = readArguments(args, ['key', 'call'], ['json']);
  const [given, ...rest] = positional;
  if (!given || rest.length > 0) throw new UsageError(USAGE);
  const { callsDir, dataDir } = readConfig(process.env);
  const key = await readKey(optional('key') ?? join(dataDir, 'keys', 'signing.pem'));
  const calls = await knownCalls(callsDir);
  const expected = optional('call');
  if (expected !== undefined && !calls.some((call) => call.key === expected)) {
    throw new UsageError(`没有“${expected}”这份通知。可以写：${calls.map((call) => call.key).join('、')}`);
  }
  const verdicts = (await textsOf(given)).map(({ where, text }) => ({
    where,
    ...readOffline(key, text, { calls, expected }),
  }));
  // The small code at the foot of a page is not signed: where a signed one was read, it says nothing more.
  const said = verdicts.some(({ is }) => is !== 'short' && is !== 'foreign')
    ? verdicts.filter(({ is }) => is !== 'short' && is !== 'foreign')
    : verdicts;
  if (flag('json')) console.log(JSON.stringify(said));
  else {
    for (const verdict of said) console.log(`${verdict.where}${inWords(verdict, expected)}`);
    if (said.length === 0) console.log('没有读到二维码。请确认页面清晰，或者直接给出二维码的内容。');
    console.log(`公钥指纹：${fingerprintOf(key.export({ type: 'spki', format: 'pem' }).toString())}`);
  }
  return said.length > 0 && said.every(({ is }) => is === 'genuine') ? 0 : 1;
}

/** The public key, or the installation's own private one, from which it follows. */
async function readKey(path: string): Promise<KeyObject> {
  const pem = await readFile(path).catch(() => {
    throw new UsageError(`读不到公钥“${path}”。请从系统网站的“/verify”页下载公钥，用 --key 指明。`);
  });
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What is no key at all is told as a key of another kind.
  }
  throw new UsageError(`“${path}”不是 Ed25519 公钥。请从系统网站的“/verify”页下载。`);
}

async function knownCalls(folder: string): Promise<KnownCall[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const calls = [];
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const text = await readFile(join(folder, entry.name, 'call.yaml'), 'utf8').catch(() => '');
    const title: unknown = text && parse(/^title:.*$/m.exec(text)?.[0] ?? '')?.title;
    if (typeof title === 'string') calls.push({ key: entry.name, title });
  }
  return calls;
}

/** What is to be verified: the text itself, or the codes in a file. */
async function textsOf(given: string): Promise<{ where: string; text: string }[]> {
  const file = await stat(given).catch(() => undefined);
  if (!file?.isFile()) return [{ where: '', text: given }];
  const start = (await readFile(given)).subarray(0, 1024).toString('latin1');
  if (!start.includes('%PDF-') && !/^\u0089PNG|^\u00ff\u00d8\u00ff/.test(start)) {
    const lines = (await readFile(given, 'utf8')).split(/\s+/).filter(Boolean);
    return lines.map((text, at) => ({ where: lines.length > 1 ? `第${at + 1}个：` : '', text }));
  }
  const pages = start.includes('%PDF-') ? await readCodes(given, Infinity) : await readPicture(given);
  if (!pages)
    throw new UsageError('读文件里的二维码要用 poppler-utils 和 zbar-tools，请先安装；也可以直接给出二维码的内容。');
  return pages.flatMap(({ page, texts }) => texts.map((text) => ({ where: `第${page}页：`, text })));
}

function inWords(verdict: OfflineVerdict, expected: string | undefined): string {
  if (verdict.is === 'forged') return '✗ 伪造或被改动：不是这个公钥的系统签发的，请勿采信。';
  if (verdict.is === 'foreign') return '✗ 不是本系统的二维码。';
  if (verdict.is === 'short') {
    return `? 只有短码 ${verdict.code}：短码不带签名，不能离线核验，请扫首页的大码，或到系统网站的“核验文件”页输入。`;
  }
  const { token, code, call } = verdict;
  const facts = [
    WHAT[token.kind],
    call ? `《${call.title}》` : token.callMark ? '本机没有的一份通知' : '（早期的码，没有写通知）',
    `版本码（清单码） ${code}`,
    `编号 ${token.id}`,
  ].join('，');
  if (verdict.is === 'anotherCall') return `✗ 是真的，但不是“${expected}”这份通知的：${facts}。`;
  if (verdict.is === 'rehearsal') return `✗ 演练中产生的文件，没有任何效力：${facts}。`;
  return `✓ 正式文件，由本系统签发：${facts}。请对照纸面上的码；是不是最新版本，须联网核验。`;
}
