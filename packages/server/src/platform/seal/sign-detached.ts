import { createHash } from 'node:crypto';
import { officialInstant } from '@keshen/rules';
import { ok, type Result } from '../http/result.ts';
import { requestIdOf, type SealAuthority, type SealSubject, type TrustAnchor } from './authority.ts';
import { encodeMessage, readMessage, toBeSigned } from './crypto/cms.ts';
import { OID } from './crypto/object-ids.ts';
import { sm3 } from './crypto/sm2.ts';
import { readTimestamp, type ReadTimestamp } from './crypto/time-stamp.ts';
import { trustOf, type Trust } from './crypto/trust.ts';
import { lookUpSeal } from './look-up-seal.ts';

export type DetachedSignature = {
  /** DER; kept beside the file, by custom as `….sm2.p7s`. */
  message: Buffer;
  /** SM3 of the signed file, hexadecimal. */
  sm3: string;
  notAfter: Date;
};

/**
 * Signs a finished file with SM2: a detached SignedData of GB/T 35275 whose signed attributes hold the SM3 of the file and the time of the
 * order, with an RFC 3161 time-stamp (SHA-256) over the signature. It is a file of its own, since PDF readers know neither SM2 nor SM3. It
 * is not an electronic seal of GB/T 38540 and was not made in a certified module unless the authority's service is one. The signature holds
 * a random number: two calls give different, equally valid files.
 */
export async function signDetached(
  authority: SealAuthority,
  bytes: Uint8Array,
  { subject, rehearsal, at }: { subject: SealSubject; rehearsal: boolean; at: Date },
): Promise<Result<DetachedSignature>> {
  const usable = await lookUpSeal(authority, { subject, algorithm: 'sm2-sm3', rehearsal, at });
  if (!usable.ok) return usable;
  const { credential, notAfter } = usable.value;
  const messageDigest = sm3(bytes);
  const message = { algorithm: 'sm2-sm3' as const, chain: credential.chain, messageDigest, signingTime: at };
  const { digest } = toBeSigned(message);
  const sealing = `${messageDigest.toString('hex')}:${subject.kind}:sm2`;
  const signature = await authority.sign({ credential, digest, requestId: requestIdOf(sealing, digest) });
  const token = await authority.timestamp(createHash('sha256').update(signature).digest());
  return ok({ message: encodeMessage(message, signature, token), sm3: messageDigest.toString('hex'), notAfter });
}

export type DetachedReport = {
  signer: string;
  organisation: string | undefined;
  claimedAt: Date | undefined;
  timestamp: ReadTimestamp | undefined;
  /** The file is the one that was signed. */
  intact: boolean;
  trust: Trust;
  sound: boolean;
  findings: string[];
};

/** Checks an SM2 signature against the file; `undefined` when it cannot be read as one. */
export function verifyDetached(
  bytes: Uint8Array,
  message: Uint8Array,
  { anchors, at }: { anchors: readonly TrustAnchor[]; at: Date },
): DetachedReport | undefined {
  const read = readMessage(message);
  if (!read || read.contentType !== OID.gmData || read.messageDigest.algorithm !== 'sm3') return undefined;
  const intact = read.genuine && !read.content && sm3(bytes).equals(read.messageDigest.value);
  const timestamp = read.timestampToken && readTimestamp(read.timestampToken, read.signature, anchors);
  const trust = trustOf(
    read.signer,
    read.certificates,
    anchors,
    timestamp?.trust.trusted ? timestamp.at : at,
    'signing',
  );
  const { commonName: signer, organisation } = read.signer;
  const when = timestamp?.at ?? read.signingTime;
  return {
    signer,
    organisation,
    claimedAt: read.signingTime,
    timestamp,
    intact,
    trust,
    sound: intact && trust.trusted && timestamp?.trust.trusted === true,
    findings: [
      `${signer}${when ? `于${officialInstant(when.getTime())}` : ''}以国密SM2签名。`,
      timestamp?.trust.trusted ? `时间由${timestamp.by}证明。` : '没有可信的时间戳，时间只是签名文件自己所写。',
      intact ? '文件与签名时相同（SM3校验一致）。' : '文件与签名时不同，或者签名是伪造的。',
      trust.trusted
        ? trust.rehearsal
          ? '证书由演练印章机构签发，没有法律效力。'
          : `证书由受信任的“${trust.anchor}”签发。`
        : `证书不受信任：${trust.problem}。`,
    ],
  };
}
