import { createHash } from 'node:crypto';
import { BmpString, PrintableString, TeletexString, Utf8String } from 'asn1js';
import { Certificate, type RelativeDistinguishedNames } from 'pkijs';
import { OID } from './object-ids.ts';

/** What is read from a certificate (RFC 5280); `parsed` is kept for its fields. */
export type ReadCertificate = {
  der: Uint8Array;
  parsed: Certificate;
  /** SHA-256 of the whole, hexadecimal. */
  fingerprint: string;
  notBefore: Date;
  notAfter: Date;
  subject: string[];
  commonName: string;
  organisation: string | undefined;
  issuer: string;
};

/** Throws when the bytes are no certificate. */
export function readCertificate(der: Uint8Array): ReadCertificate {
  return certificateOf(Certificate.fromBER(new Uint8Array(der)));
}

export function certificateOf(parsed: Certificate): ReadCertificate {
  const der = new Uint8Array(parsed.toSchema().toBER());
  const commonName = valuesOf(parsed.subject, OID.commonName)[0];
  const organisation = valuesOf(parsed.subject, OID.organisationName)[0];
  return {
    der,
    parsed,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    notBefore: parsed.notBefore.value,
    notAfter: parsed.notAfter.value,
    subject: valuesOf(parsed.subject),
    commonName: commonName ?? organisation ?? '',
    organisation,
    issuer: valuesOf(parsed.issuer, OID.commonName)[0] ?? valuesOf(parsed.issuer, OID.organisationName)[0] ?? '',
  };
}

function valuesOf(name: RelativeDistinguishedNames, type?: string): string[] {
  return name.typesAndValues
    .filter((one) => type === undefined || one.type === type)
    .flatMap(({ value }) =>
      value instanceof Utf8String ||
      value instanceof PrintableString ||
      value instanceof BmpString ||
      value instanceof TeletexString
        ? [value.valueBlock.value]
        : [],
    );
}
