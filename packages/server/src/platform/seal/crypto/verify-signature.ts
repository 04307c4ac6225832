import { createPublicKey, verify } from 'node:crypto';
import type { PublicKeyInfo } from 'pkijs';
import { OID } from './object-ids.ts';
import { sm2Verify } from './sm2.ts';

/** The hash that belongs to a signature algorithm; plain RSA takes the one that stands beside it. */
const HASHES: Record<string, string> = {
  [OID.sha256WithRsa]: 'sha256',
  [OID.sha384WithRsa]: 'sha384',
  [OID.sha512WithRsa]: 'sha512',
  [OID.ecdsaWithSha256]: 'sha256',
  [OID.ecdsaWithSha384]: 'sha384',
  [OID.sm2WithSm3]: 'sm3',
  [OID.sm2Signature]: 'sm3',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
  [OID.sm3]: 'sm3',
};

/** The runtime's name of a hash algorithm; `undefined` for one that is not taken (SHA-1, MD5 and the unknown). */
export const hashNamed = (oid: string): string | undefined => HASHES[oid];

/** The public key of an SM2 certificate in hexadecimal, or `undefined` when the key is of another kind. */
export function sm2KeyOf(key: PublicKeyInfo): string | undefined {
  const { algorithmId, algorithmParams } = key.algorithm;
  if (algorithmId !== OID.ecPublicKey || algorithmParams?.valueBlock?.toString() !== OID.sm2Curve) return undefined;
  return Buffer.from(key.subjectPublicKey.valueBlock.valueHexView).toString('hex');
}

/**
 * Whether `signature` over `message` was made with the key. `hashOid` is used where the algorithm itself names no hash. Algorithms that are
 * not taken (RSASSA-PSS, SHA-1, …) do not verify.
 */
export function verifySignature(
  key: PublicKeyInfo,
  algorithm: { oid: string; hashOid?: string },
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const sm2Key = sm2KeyOf(key);
  const hash =
    HASHES[algorithm.oid] ?? (algorithm.oid === OID.rsa && algorithm.hashOid ? HASHES[algorithm.hashOid] : undefined);
  if (!hash || (hash === 'sm3') !== (sm2Key !== undefined)) return false;
  if (sm2Key) return sm2Verify(message, signature, sm2Key);
  try {
    const spki = createPublicKey({ key: Buffer.from(key.toSchema().toBER()), format: 'der', type: 'spki' });
    return verify(hash, message, spki, signature);
  } catch {
    return false;
  }
}
