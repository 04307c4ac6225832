import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { officialInstant } from '@keshen/rules';
import { systemClock } from '../platform/clock/clock.ts';
import { readConfig } from '../platform/config.ts';
import {
  firstProblem,
  openSealAuthorities,
  readRoots,
  type TrustAnchor,
  verifyDocument,
} from '../platform/seal/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { refuse } from './with-context.ts';

const USAGE = '用法：keshen verify-seal 文件.pdf [--roots 根证书.pem]';

/**
 * Who sealed a file, when, and whether it is intact, or the first thing that is wrong. It needs no database; believed are the roots of this
 * installation's settings and those of `--roots`.
 */
export async function run(args: string[]): Promise<number> {
  const { positional, optional } = readArguments(args, ['roots']);
  const [file, ...others] = positional;
  if (!file || others.length > 0) throw new UsageError(USAGE);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`读不了“${file}”（${error.code ?? error.message}）。`);
  });
  const report = await verifyDocument(bytes, { anchors: await anchorsFor(optional('roots')), at: systemClock.now() });
  for (const { signer, organisation, timestamp, claimedAt, sound, trust } of report.signatures) {
    const when = timestamp?.at ?? claimedAt;
    const whose =
      organisation && organisation !== signer ? `${signer}（${organisation}）` : signer || '无法识别的签名人';
    const rehearsal = trust.trusted && trust.rehearsal ? '（演练，没有法律效力）' : '';
    const time = when ? officialInstant(when.getTime()) : '时间不明';
    const by = timestamp?.trust.trusted ? `，时间由${timestamp.by}证明` : '';
    console.log(`${sound ? '✓' : '✗'} ${whose}，${time}${by}${rehearsal}`);
  }
  const problem = firstProblem(report);
  if (problem) return refuse(problem);
  console.log(`${report.signatures.length}枚印章都有效，内容没有改动。原件 SHA-256：${report.sourceSha256 ?? '不明'}`);
  return 0;
}

/** The rehearsal's root only where this installation has made it: a file that is looked at makes no keys. */
async function anchorsFor(roots: string | undefined): Promise<TrustAnchor[]> {
  const given = roots ? await rootsIn(roots) : [];
  const config = readConfig(process.env);
  const licensed = config.sealService ? await rootsIn(config.sealService.rootsFile) : [];
  const local = existsSync(join(config.dataDir, 'keys', 'seals', 'authority.json'))
    ? ((await openSealAuthorities(config, systemClock).of(true))?.anchors ?? [])
    : [];
  return [...given, ...licensed, ...local];
}

async function rootsIn(path: string): Promise<TrustAnchor[]> {
  const roots = await readRoots(path).catch((error: Error) => {
    throw new UsageError(`根证书文件“${path}”不能用：${error.message}`);
  });
  return roots.map((certificate) => ({ certificate, rehearsal: false }));
}
