import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromBase32, normaliseBase32, toBase32 } from './base32.ts';

/**
 * What a printed QR vouches for. `hash` is the SHA-256 of the printed content in hexadecimal, of which the token carries 16 bytes;
 * `call` is the key of the call, of whose SHA-256 it carries 6.
 */
export type Printed = { kind: TokenKind; rehearsal: boolean; id: string; hash: string; call: string };

/**
 * What a genuine token says; `hash` is the first 32 hexadecimal digits. `callMark` is `callMarkOf` the call's key; tokens made before
 * it was carried have none.
 */
export type Token = { kind: TokenKind; rehearsal: boolean; id: string; hash: string; callMark?: string };

export type Signer = {
  /** Upper-case base 32, 167 characters: with a usual address in front it fits a QR of version 10. */
  tokenFor(printed: Printed): string;
  /** `undefined` when this installation never signed it, or a character was changed. */
  open(token: string): Token | undefined;
  /** Ed25519 over the UTF-8 text, as base64. */
  sign(text: string): string;
  /** SPKI in PEM, so that anyone can check a token without asking the server. */
  publicKey: string;
};

/** The first byte says how the rest is laid out; tokens of format 1 lie in drawers and stay readable. */
const FORMAT = 2;
const PAYLOAD_BYTES: Record<number, number> = { 1: 34, 2: 40 };
const KINDS = ['list', 'application', 'pledge'] as const;
export type TokenKind = (typeof KINDS)[number];
const REHEARSAL = 0x80;
const SIGNATURE_BYTES = 64;

/** What a token carries of a call's key: 12 hexadecimal digits. */
export const callMarkOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

export function signerWith(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('the signing key must be an Ed25519 private key');
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    tokenFor({ kind, rehearsal, id, hash, call }) {
      const payload = Buffer.concat([
        Buffer.from([FORMAT, KINDS.indexOf(kind) | (rehearsal ? REHEARSAL : 0)]),
        Buffer.from(id.replaceAll('-', ''), 'hex'),
        Buffer.from(hash.slice(0, 32), 'hex'),
        Buffer.from(callMarkOf(call), 'hex'),
      ]);
      if (payload.length !== PAYLOAD_BYTES[FORMAT]) throw new Error('a token needs a uuid and a SHA-256');
      return toBase32(Buffer.concat([payload, sign(null, payload, privateKey)]));
    },
    open: (text) => openToken(publicKey, text),
  };
}

/** Opens a token with the public key alone; `undefined` when the holder of the key never signed it, or a character was changed. */
export function openToken(publicKey: KeyObject, text: string): Token | undefined {
  const bytes = fromBase32(normaliseBase32(text));
  const length = bytes && PAYLOAD_BYTES[bytes[0] ?? 0];
  if (!bytes || !length || bytes.length !== length + SIGNATURE_BYTES) return undefined;
  const payload = bytes.subarray(0, length);
  if (!verify(null, payload, publicKey, bytes.subarray(length))) return undefined;
  const kind = KINDS[payload.readUInt8(1) & ~REHEARSAL];
  if (!kind) return undefined;
  return {
    kind,
    rehearsal: (payload.readUInt8(1) & REHEARSAL) !== 0,
    id: payload.toString('hex', 2, 18).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    hash: payload.toString('hex', 18, 34),
    ...(length > 34 && { callMark: payload.toString('hex', 34) }),
  };
}

/** How people compare a public key: the SHA-256 of its SPKI, in groups of four hexadecimal digits. Throws when it is no key. */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256')
    .update(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ');

/** Whether the holder of the key (SPKI in PEM) signed the text. */
export const isSignedBy = (publicKey: string, text: string, signature: string): boolean =>
  verify(null, Buffer.from(text), createPublicKey(publicKey), Buffer.from(signature, 'base64'));

/**
 * Reads the Ed25519 key (PKCS#8 PEM) at `path`. Where there is none it makes one if it `mayCreate`; in production a key is
 * brought by the operator, since prints made with a lost key can no longer be verified.
 */
export async function openSigner(path: string, mayCreate: boolean): Promise<Signer> {
  const existing = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (existing) return signerWith(createPrivateKey(existing));
  if (!mayCreate) throw new Error(`没有签名密钥：${path}。请用 openssl genpkey -algorithm ed25519 生成，并妥善备份。`);
  const { privateKey } = generateKeyPairSync('ed25519');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  return signerWith(privateKey);
}
