import { createHash } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';

/**
 * SM2 signatures (GB/T 32918.2, curve of GB/T 32918.5) with the user id 1234567812345678 that GB/T 35276 gives. The runtime's own
 * signing with an SM2 key leaves Z out and no verifier accepts it; its SM3 is right.
 */

/** Private key: 32 bytes in hexadecimal; public key: 04 and both coordinates in hexadecimal. */
export type Sm2KeyPair = { privateKey: string; publicKey: string };

export const newSm2KeyPair = (): Sm2KeyPair => sm2.generateKeyPairHex();

export const sm3 = (bytes: Uint8Array): Buffer => createHash('sm3').update(bytes).digest();

/** What is signed for a message: SM3 over Z (user id, curve and public key) and the message. */
export const sm2Digest = (message: Uint8Array, publicKey: string): Buffer =>
  createHash('sm3').update(sm2.getZ(publicKey)).update(message).digest();

/** DER of r and s. Every call gives another signature. */
export const sm2SignDigest = (digest: Uint8Array, privateKey: string): Buffer =>
  Buffer.from(sm2.doSignature(digest, privateKey, { der: true, hash: false }), 'hex');

export function sm2Verify(message: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  try {
    const digest = sm2Digest(message, publicKey);
    return sm2.doVerifySignature(digest, Buffer.from(signature).toString('hex'), publicKey, { der: true, hash: false });
  } catch {
    // Bytes that are no signature, or no point of the curve, do not verify.
    return false;
  }
}
