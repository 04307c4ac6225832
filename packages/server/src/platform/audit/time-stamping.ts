import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { type Config, ConfigError } from '../config.ts';
import { openLocalAuthority, type SealAuthority, type TrustAnchor } from '../seal/index.ts';
import { readTimestamp } from '../seal/crypto/time-stamp.ts';
import { requestTimestamp } from '../seal/remote/http-timestamp.ts';
import type { TimeStamper } from './gather-roots.ts';
import type { ReadStamp } from './verify-roots.ts';

/** `stamper` is absent in production without an address: a time-stamp by the installation itself would prove nothing. */
export type TimeStamping = { stamper: TimeStamper | undefined; readStamp: ReadStamp };

type Settings = Pick<Config, 'production' | 'dataDir' | 'timeStamping'>;

/**
 * Time-stamps over the roots of the log: by the service at the configured address, whose roots of trust stand in a PEM file, else outside
 * of production by this installation's own authority, whose keys are made when first used.
 */
export function timeStampingOf(config: Settings, clock: Clock): TimeStamping {
  const { production, dataDir, timeStamping } = config;
  let opening: Promise<SealAuthority> | undefined;
  const local = () =>
    (opening ??= openLocalAuthority({ directory: join(dataDir, 'keys', 'seals'), production, clock }));
  const anchors = async (): Promise<readonly TrustAnchor[]> => [
    ...(timeStamping ? await readAnchors(timeStamping.roots) : []),
    ...(production ? [] : (await local()).anchors),
  ];
  const readStamp: ReadStamp = async (token, stamped) => {
    const read = readTimestamp(token, Buffer.from(stamped), await anchors());
    if (!read) return '它不是这段内容的时间戳，或者已经损坏';
    return read.trust.trusted ? { at: read.at } : read.trust.problem;
  };
  if (timeStamping) {
    const { address } = timeStamping;
    const name = new URL(address).host;
    return { stamper: { name, timestamp: (imprint) => requestTimestamp(address, imprint) }, readStamp };
  }
  const own: TimeStamper = { name: '演练时间戳', timestamp: async (imprint) => (await local()).timestamp(imprint) };
  return { stamper: production ? undefined : own, readStamp };
}

/** The certificates of a PEM file, as DER. */
async function readAnchors(path: string): Promise<TrustAnchor[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`KESHEN_TSA_ROOTS 指的文件 ${path} 读不了（${error.code ?? error.message}）。`);
  });
  const found = text.matchAll(/-----BEGIN CERTIFICATE-----([\w+/=\s]+)-----END CERTIFICATE-----/g);
  const anchors = [...found].map(([, body = '']) => ({ certificate: Buffer.from(body, 'base64'), rehearsal: false }));
  if (anchors.length === 0) throw new ConfigError(`${path} 里没有证书：应为一个或几个 PEM 格式的根证书。`);
  return anchors;
}
