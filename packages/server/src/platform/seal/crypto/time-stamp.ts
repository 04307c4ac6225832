import { createHash } from 'node:crypto';
import { TSTInfo } from 'pkijs';
import type { TrustAnchor } from '../authority.ts';
import { readMessage } from './cms.ts';
import { OID } from './object-ids.ts';
import { hashNamed } from './verify-signature.ts';
import { trustOf, type Trust } from './trust.ts';

export type ReadTimestamp = { at: Date; by: string; trust: Trust };

/**
 * Reads an RFC 3161 token: `undefined` unless it is genuine and over these very bytes. Its signer is judged at the time that it states, by
 * the given roots.
 */
export function readTimestamp(
  token: Uint8Array,
  stamped: Uint8Array,
  anchors: readonly TrustAnchor[],
): ReadTimestamp | undefined {
  const message = readMessage(token);
  if (!message?.content || !message.genuine || message.contentType !== OID.tstInfo) return undefined;
  const { algorithm, value } = message.messageDigest;
  if (!createHash(algorithm).update(message.content).digest().equals(value)) return undefined;
  const info = infoOf(message.content);
  const imprint = info && hashNamed(info.messageImprint.hashAlgorithm.algorithmId);
  if (!info || !imprint) return undefined;
  const hashed = info.messageImprint.hashedMessage.valueBlock.valueHexView;
  if (!createHash(imprint).update(stamped).digest().equals(hashed)) return undefined;
  return {
    at: info.genTime,
    by: message.signer.commonName,
    trust: trustOf(message.signer, message.certificates, anchors, info.genTime, 'timestamping'),
  };
}

/** The content of a token; `undefined` when it is not a TSTInfo. */
export function infoOf(content: Uint8Array): TSTInfo | undefined {
  try {
    return TSTInfo.fromBER(new Uint8Array(content));
  } catch {
    return undefined;
  }
}
