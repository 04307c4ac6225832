import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { SealServiceSettings } from '../config-seal.ts';
import type { SealAuthority, TrustAnchor } from './authority.ts';
import { openLocalAuthority } from './local/local-authority.ts';
import { remoteAuthority } from './remote/remote-authority.ts';

/** Who seals for whom in this house. */
export type SealAuthorities = {
  /** The rehearsal's authority, or the licensed one: absent where none is configured. */
  of(rehearsal: boolean): Promise<SealAuthority | undefined>;
  /** Every root that is believed; each says whether what hangs on it is a rehearsal. */
  anchors(): Promise<TrustAnchor[]>;
};

/**
 * The local authority, for rehearsals only, and the licensed one of the settings. Both are opened when they are first asked for, since the
 * local one makes its keys then. Opening the licensed one throws where its files cannot be read.
 */
export function openSealAuthorities(
  {
    dataDir,
    production,
    sealService,
  }: { dataDir: string; production: boolean; sealService?: SealServiceSettings | undefined },
  clock: Clock,
): SealAuthorities {
  const local = once(() => openLocalAuthority({ directory: join(dataDir, 'keys', 'seals'), production, clock }));
  const licensed = once(async () => sealService && remoteAuthority(await serviceOf(sealService)));
  return {
    of: (rehearsal) => (rehearsal ? local() : licensed()),
    async anchors() {
      return [...(await local()).anchors, ...((await licensed())?.anchors ?? [])];
    },
  };
}

/** What failed is tried again at the next call. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () =>
    (opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    }));
}

async function serviceOf({ tokenFile, rootsFile, ...settings }: SealServiceSettings) {
  const [token, roots] = await Promise.all([readFile(tokenFile, 'utf8'), readRoots(rootsFile)]);
  return { ...settings, accessToken: token.trim(), roots };
}

/** The certificates of a PEM file, as DER. Throws where it cannot be read or holds none. */
export async function readRoots(path: string): Promise<Uint8Array[]> {
  const pem = await readFile(path, 'utf8');
  const found = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g)];
  if (found.length === 0) throw new Error(`${path} 里没有证书：应为一个或几个 PEM 格式的根证书。`);
  return found.map(([, base64 = '']) => new Uint8Array(Buffer.from(base64, 'base64')));
}
