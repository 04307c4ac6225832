import { officialInstant } from '@keshen/rules';
import { type BasicConstraints, type Certificate, type ExtKeyUsage } from 'pkijs';
import { BitString } from 'asn1js';
import type { TrustAnchor } from '../authority.ts';
import { certificateOf, readCertificate, type ReadCertificate } from './certificate.ts';
import { OID } from './object-ids.ts';
import { verifySignature } from './verify-signature.ts';

/** The problem is Chinese, for the person who reads the verification. */
export type Trust = { trusted: true; rehearsal: boolean; anchor: string } | { trusted: false; problem: string };

const LONGEST_CHAIN = 6;
const UNDERSTOOD: readonly string[] = [
  OID.keyUsage,
  OID.basicConstraints,
  OID.extendedKeyUsage,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
];
const DIGITAL_SIGNATURE = 0x80;
const NON_REPUDIATION = 0x40;
const CERTIFICATE_SIGN = 0x04;

/**
 * Whether a certificate leads to a root that is believed, at an instant and for a purpose (RFC 5280 section 6: signatures, validity, basic
 * constraints, key usage, unknown critical extensions). Revocation is not looked up: that is asked of the authority before sealing.
 */
export function trustOf(
  leaf: ReadCertificate,
  others: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  at: Date,
  purpose: 'signing' | 'timestamping',
): Trust {
  const unfit = unfitFor(leaf, purpose);
  if (unfit) return { trusted: false, problem: unfit };
  const roots = anchors.map((anchor) => ({ ...anchor, read: readCertificate(anchor.certificate) }));
  const pool = others.map(certificateOf);

  const follow = (certificate: ReadCertificate, below: number): Trust => {
    const problem = problemOf(certificate, at);
    if (problem) return { trusted: false, problem };
    for (const { read, rehearsal } of roots) {
      const isRoot = read.fingerprint === certificate.fingerprint;
      if (!isRoot && !(mayIssue(read, below) && issued(read, certificate))) continue;
      const rootProblem = isRoot ? undefined : problemOf(read, at);
      if (rootProblem) return { trusted: false, problem: rootProblem };
      return { trusted: true, rehearsal, anchor: read.commonName };
    }
    if (below < LONGEST_CHAIN) {
      for (const issuer of pool) {
        if (issuer.fingerprint === certificate.fingerprint) continue;
        if (mayIssue(issuer, below) && issued(issuer, certificate)) return follow(issuer, below + 1);
      }
    }
    return {
      trusted: false,
      problem: `“${certificate.commonName}”的证书由“${certificate.issuer}”签发，不在受信任的机构之列`,
    };
  };
  return follow(leaf, 0);
}

/** Why a certificate cannot be used at an instant as far as its dates go, in Chinese; both ends are valid. */
export function untimely({ commonName, notBefore, notAfter }: ReadCertificate, at: Date): string | undefined {
  if (at < notBefore) return `“${commonName}”的证书${officialInstant(notBefore.getTime())}才生效`;
  if (at > notAfter) return `“${commonName}”的证书已于${officialInstant(notAfter.getTime())}过期`;
  return undefined;
}

function problemOf(certificate: ReadCertificate, at: Date): string | undefined {
  const unknown = certificate.parsed.extensions?.find(
    ({ critical, extnID }) => critical && !UNDERSTOOD.includes(extnID),
  );
  return unknown
    ? `“${certificate.commonName}”的证书含有无法识别的关键扩展${unknown.extnID}`
    : untimely(certificate, at);
}

function unfitFor({ parsed, commonName }: ReadCertificate, purpose: 'signing' | 'timestamping'): string | undefined {
  const usage = keyUsage(parsed);
  if (usage !== undefined && !(usage & (DIGITAL_SIGNATURE | NON_REPUDIATION)))
    return `“${commonName}”的证书不能用于签名`;
  const purposes = extension<ExtKeyUsage>(parsed, OID.extendedKeyUsage)?.keyPurposes;
  if (purpose === 'timestamping' && !purposes?.includes(OID.timeStamping)) return `“${commonName}”的证书不能用于时间戳`;
  return undefined;
}

/** `below`: how many certificates of authorities stand between this one and the holder's. */
function mayIssue({ parsed }: ReadCertificate, below: number): boolean {
  const constraints = extension<BasicConstraints>(parsed, OID.basicConstraints);
  if (!constraints?.cA) return false;
  const longest = constraints.pathLenConstraint;
  if (typeof longest === 'number' && longest < below) return false;
  const usage = keyUsage(parsed);
  return usage === undefined || (usage & CERTIFICATE_SIGN) !== 0;
}

function issued(issuer: ReadCertificate, { parsed }: ReadCertificate): boolean {
  return (
    parsed.issuer.isEqual(issuer.parsed.subject) &&
    verifySignature(
      issuer.parsed.subjectPublicKeyInfo,
      { oid: parsed.signatureAlgorithm.algorithmId },
      parsed.tbsView,
      parsed.signatureValue.valueBlock.valueHexView,
    )
  );
}

const extension = <T>(certificate: Certificate, oid: string): T | undefined =>
  certificate.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue as T | undefined;

function keyUsage(certificate: Certificate): number | undefined {
  const bits = extension<BitString>(certificate, OID.keyUsage);
  return bits instanceof BitString ? (bits.valueBlock.valueHexView[0] ?? 0) : undefined;
}
