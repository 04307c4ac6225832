import { createHash } from 'node:crypto';
import type { Result } from '../http/result.ts';

/** Which seal: the keys that a call uses under `documents.sealedApplication.electronicSeals`. */
export const SEAL_KINDS = ['leadOrganisation', 'legalRepresentative'] as const;
export type SealKind = (typeof SEAL_KINDS)[number];

/** Whose seal. The representative's seal stands for a person acting for the organisation, so it names both. */
export type SealSubject = { organisation: { name: string; unifiedSocialCreditCode: string } } & (
  { kind: 'leadOrganisation' } | { kind: 'legalRepresentative'; person: string }
);

/**
 * `rsa-sha256` is what PDF readers verify (RSASSA-PKCS1-v1_5, RFC 8017); `sm2-sm3` is GB/T 32918.2 with the user id 1234567812345678.
 */
export type SealAlgorithm = 'rsa-sha256' | 'sm2-sm3';

/** A certificate whose key the authority holds. */
export type SealCredential = {
  /** Means something to the authority only. */
  id: string;
  algorithm: SealAlgorithm;
  /** DER, the holder's certificate first, each followed by its issuer; the root may be missing. */
  chain: Uint8Array[];
  /** As the authority knows it now; validity in time is read from the certificate. */
  status: 'usable' | 'revoked' | 'suspended';
};

export type SigningRequest = {
  credential: SealCredential;
  /** 32 bytes: the SHA-256, or for SM2 the SM3 over Z and message. */
  digest: Uint8Array;
  /** The same for a repeated request, so that a service which bills or counts does it once. */
  requestId: string;
};

/** A root that is believed. What hangs on a rehearsal root has no legal effect. */
export type TrustAnchor = { certificate: Uint8Array; rehearsal: boolean };

/** Who holds the keys of seals. Every method may refuse with a Chinese text; it throws when the authority cannot be reached or errs. */
export type SealAuthority = {
  /** As shown to people. */
  name: string;
  anchors: TrustAnchor[];
  /** Looks up the certificate; refuses where there is none or where this authority may not act (live round or rehearsal). */
  find(subject: SealSubject, algorithm: SealAlgorithm, rehearsal: boolean): Promise<Result<SealCredential>>;
  /** Issues a certificate, or refuses with the way to get one: a licensed authority checks papers first. */
  issue(subject: SealSubject, algorithm: SealAlgorithm, rehearsal: boolean): Promise<Result<SealCredential>>;
  /** The signature: PKCS#1 bytes for RSA, DER of r and s for SM2. */
  sign(request: SigningRequest): Promise<Uint8Array>;
  /** An RFC 3161 TimeStampToken (DER) over a SHA-256 imprint of 32 bytes. */
  timestamp(imprint: Uint8Array): Promise<Uint8Array>;
};

/** 某某研究院的单位公章, 某某研究院法定代表人王某的名章. */
export const subjectInWords = (subject: SealSubject): string =>
  subject.kind === 'leadOrganisation'
    ? `${subject.organisation.name}的单位公章`
    : `${subject.organisation.name}法定代表人${subject.person}的名章`;

/**
 * Names a request to the authority: the same sealing of the same bytes asks under the same name. The second seal of a file is over other
 * bytes when the first had to be made anew, so the digest belongs to the name.
 */
export const requestIdOf = (sealing: string, digest: Uint8Array): string =>
  createHash('sha256').update(`${sealing}:`).update(digest).digest('hex');
