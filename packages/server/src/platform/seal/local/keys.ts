import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  privateEncrypt,
} from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { SealAlgorithm } from '../authority.ts';
import { newSm2KeyPair, sm2Digest, sm2SignDigest } from '../crypto/sm2.ts';

/** A key that this process holds: PKCS#8 PEM for RSA, 32 bytes in hexadecimal for SM2. */
export type LocalKey = { algorithm: SealAlgorithm; privateKey: string };

export function newLocalKey(algorithm: SealAlgorithm): LocalKey {
  if (algorithm === 'sm2-sm3') return { algorithm, privateKey: newSm2KeyPair().privateKey };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { algorithm, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** id-ecPublicKey on the SM2 curve, followed by the 65 bytes of the point. */
const SM2_SPKI = '3059301306072a8648ce3d020106082a811ccf5501822d034200';
/** DigestInfo of SHA-256 (RFC 8017 9.2), followed by the 32 bytes of the hash. */
const SHA256_DIGEST_INFO = '3031300d060960864801650304020105000420';

/** SubjectPublicKeyInfo in DER. */
export function publicKeyOf({ algorithm, privateKey }: LocalKey): Uint8Array<ArrayBuffer> {
  if (algorithm === 'sm2-sm3')
    return Uint8Array.from(Buffer.from(SM2_SPKI + sm2.getPublicKeyFromPrivateKey(privateKey), 'hex'));
  return Uint8Array.from(createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'der' }));
}

/** Signs a digest of 32 bytes: RSASSA-PKCS1-v1_5, or SM2 where the digest already contains Z. */
export function signDigest({ algorithm, privateKey }: LocalKey, digest: Uint8Array): Buffer {
  if (digest.length !== 32) throw new Error('a digest of 32 bytes is signed');
  if (algorithm === 'sm2-sm3') return sm2SignDigest(digest, privateKey);
  return privateEncrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([Buffer.from(SHA256_DIGEST_INFO, 'hex'), digest]),
  );
}

export const signMessage = (key: LocalKey, message: Uint8Array): Buffer =>
  signDigest(
    key,
    key.algorithm === 'sm2-sm3'
      ? sm2Digest(message, sm2.getPublicKeyFromPrivateKey(key.privateKey))
      : createHash('sha256').update(message).digest(),
  );
