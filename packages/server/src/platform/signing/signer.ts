import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromBase32, normaliseBase32, toBase32 } from './base32.ts';

/** What a printed QR vouches for. `hash` is the SHA-256 of the printed content in hexadecimal, of which the token carries 16 bytes. */
export type Printed = { kind: 'list' | 'application'; rehearsal: boolean; id: string; hash: string };

/** What a genuine token says; `hash` is the first 32 hexadecimal digits. */
export type Token = Printed;

export type Signer = {
  /** Upper-case base 32, 157 characters: with a usual address in front it fits a QR of version 8. */
  tokenFor(printed: Printed): string;
  /** `undefined` when this installation never signed it, or a character was changed. */
  open(token: string): Token | undefined;
  /** Ed25519 over the UTF-8 text, as base64. */
  sign(text: string): string;
  /** SPKI in PEM, so that anyone can check a token without asking the server. */
  publicKey: string;
};

const FORMAT = 1;
const KINDS = ['list', 'application'] as const;
const REHEARSAL = 0x80;
const PAYLOAD_BYTES = 34;

export function signerWith(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('the signing key must be an Ed25519 private key');
  const publicKey = createPublicKey(privateKey);
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    tokenFor({ kind, rehearsal, id, hash }) {
      const payload = Buffer.concat([
        Buffer.from([FORMAT, KINDS.indexOf(kind) | (rehearsal ? REHEARSAL : 0)]),
        Buffer.from(id.replaceAll('-', ''), 'hex'),
        Buffer.from(hash.slice(0, 32), 'hex'),
      ]);
      if (payload.length !== PAYLOAD_BYTES) throw new Error('a token needs a uuid and a SHA-256');
      return toBase32(Buffer.concat([payload, sign(null, payload, privateKey)]));
    },
    open(text) {
      const bytes = fromBase32(normaliseBase32(text));
      if (!bytes || bytes.length !== PAYLOAD_BYTES + 64) return undefined;
      const payload = bytes.subarray(0, PAYLOAD_BYTES);
      if (!verify(null, payload, publicKey, bytes.subarray(PAYLOAD_BYTES))) return undefined;
      const kind = KINDS[payload.readUInt8(1) & ~REHEARSAL];
      if (payload[0] !== FORMAT || !kind) return undefined;
      return {
        kind,
        rehearsal: (payload.readUInt8(1) & REHEARSAL) !== 0,
        id: payload.toString('hex', 2, 18).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
        hash: payload.toString('hex', 18),
      };
    },
  };
}

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
