import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SealAlgorithm, SealSubject } from '../authority.ts';
import { readCertificate } from '../crypto/certificate.ts';
import { untimely } from '../crypto/trust.ts';
import { issueCertificate, type CertificateRequest, type Identity } from './issue-certificate.ts';
import { newLocalKey } from './keys.ts';

/** The authority's own keys, one line of roots for RSA and one for SM2; time-stamps are given with RSA. */
export type House = Record<SealAlgorithm, { root: Identity; issuing: Identity }> & { timestamping: Identity };

export type Keystore = {
  house: House;
  holder(subject: SealSubject, algorithm: SealAlgorithm): Promise<Identity | undefined>;
  /** The certificate that is valid at `from`, or a new one; when two ask at the same time, both get the same. */
  issue(subject: SealSubject, algorithm: SealAlgorithm, from: Date, to: Date): Promise<Identity>;
};

/** Reaches back far enough for a rehearsal whose clock is set to a past call, and ahead for as long as an archive is looked at. */
const HOUSE_FROM = new Date('2020-01-01T00:00:00+08:00');
const HOUSE_TO = new Date('2049-12-31T00:00:00+08:00');

/** Opens the keys in a directory of their own, and makes them when it holds none. */
export async function openKeystore(directory: string): Promise<Keystore> {
  const house = await readOrMake(join(directory, 'authority.json'), makeHouse, (saved) => ({
    'rsa-sha256': { root: restored(saved['rsa-sha256'].root), issuing: restored(saved['rsa-sha256'].issuing) },
    'sm2-sm3': { root: restored(saved['sm2-sm3'].root), issuing: restored(saved['sm2-sm3'].issuing) },
    timestamping: restored(saved.timestamping),
  }));
  const pathOf = (subject: SealSubject, algorithm: SealAlgorithm) => {
    const { kind, organisation } = subject;
    const key = JSON.stringify([
      kind,
      organisation.unifiedSocialCreditCode,
      organisation.name,
      personOf(subject) ?? '',
    ]);
    return join(directory, 'holders', `${createHash('sha256').update(key).digest('hex')}.${algorithm}.json`);
  };
  return {
    house,
    async holder(subject, algorithm) {
      const saved = await readSaved<Saved>(pathOf(subject, algorithm));
      return saved && restored(saved);
    },
    async issue(subject, algorithm, from, to) {
      const path = pathOf(subject, algorithm);
      const present = await readSaved<Saved>(path);
      if (present && untimely(readCertificate(restored(present).certificate), from)) await setAside(path);
      return readOrMake(
        path,
        () => {
          const request = { subject: nameOf(subject), role: 'holder' as const, notBefore: from, notAfter: to };
          return make(request, algorithm, house[algorithm].issuing);
        },
        restored,
      );
    },
  };
}

function makeHouse(): House {
  const line = (algorithm: SealAlgorithm, mark: string) => {
    const named = (commonName: string, role: CertificateRequest['role']) => ({
      subject: { commonName: `${commonName}${mark}`, organisation: '科申演练（无法律效力）' },
      role,
      notBefore: HOUSE_FROM,
      notAfter: HOUSE_TO,
    });
    const root = make(named('科申演练根证书', 'root'), algorithm);
    return { root, issuing: make(named('科申演练签发机构', 'issuing'), algorithm, root), named };
  };
  const { named, ...rsa } = line('rsa-sha256', '');
  const { named: _, ...sm2 } = line('sm2-sm3', '（SM2）');
  return {
    'rsa-sha256': rsa,
    'sm2-sm3': sm2,
    timestamping: make(named('科申演练时间戳', 'timestamping'), 'rsa-sha256', rsa.root),
  };
}

function make(request: CertificateRequest, algorithm: SealAlgorithm, issuer?: Identity): Identity {
  const key = newLocalKey(algorithm);
  return { key, certificate: issueCertificate(request, key, issuer) };
}

const nameOf = (subject: SealSubject): CertificateRequest['subject'] => ({
  commonName: personOf(subject) ?? subject.organisation.name,
  organisation: subject.organisation.name,
  organisationIdentifier: `NTRCN-${subject.organisation.unifiedSocialCreditCode}`,
});

const personOf = (subject: SealSubject): string | undefined =>
  subject.kind === 'legalRepresentative' ? subject.person : undefined;

type Saved = { key: Identity['key']; certificate: string };
type SavedOf<T> = T extends Identity ? Saved : { [K in keyof T]: SavedOf<T[K]> };

const restored = ({ key, certificate }: Saved): Identity => ({ key, certificate: Buffer.from(certificate, 'base64') });

async function readOrMake<T>(path: string, makeIt: () => T, restore: (saved: SavedOf<T>) => T): Promise<T> {
  const existing = await readSaved<SavedOf<T>>(path);
  if (existing) return restore(existing);
  await saveFirst(
    path,
    JSON.stringify(makeIt(), (_, value: unknown) => (isBytes(value) ? toBase64(value) : value)),
  );
  const saved = await readSaved<SavedOf<T>>(path);
  if (!saved) throw new Error(`the keys of the rehearsal authority vanished: ${path}`);
  return restore(saved);
}

/** An expired key is kept under another name, so that it can be shown which key an old seal was made with. */
async function setAside(path: string): Promise<void> {
  await rename(path, `${path}.${randomUUID()}.old`).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const toBase64 = (value: Uint8Array) => Buffer.from(value).toString('base64');

async function readSaved<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The whole file or none, readable by the owner alone; whoever comes second leaves what is there. */
async function saveFirst(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
