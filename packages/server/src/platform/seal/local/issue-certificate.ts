import { createHash, randomBytes } from 'node:crypto';
import {
  BitString,
  fromBER,
  Integer,
  Null,
  OctetString,
  PrintableString,
  Sequence,
  Set as Asn1Set,
  Utf8String,
} from 'asn1js';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
  TimeType,
} from 'pkijs';
import { readCertificate } from '../crypto/certificate.ts';
import { OID } from '../crypto/object-ids.ts';
import { publicKeyOf, signMessage, type LocalKey } from './keys.ts';

export type CertificateRequest = {
  subject: { commonName: string; organisation?: string; organisationIdentifier?: string };
  role: 'root' | 'issuing' | 'timestamping' | 'holder';
  notBefore: Date;
  notAfter: Date;
};

/** DER of the certificate, and the key that belongs to it. */
export type Identity = { key: LocalKey; certificate: Uint8Array };

/** An X.509 certificate (RFC 5280) for a key, signed by the issuer, or by itself for a root. Random serial number of 127 bits. */
export function issueCertificate(
  { subject, role, notBefore, notAfter }: CertificateRequest,
  key: LocalKey,
  issuer?: Identity,
): Uint8Array {
  const signer = issuer?.key ?? key;
  const spki = PublicKeyInfo.fromBER(publicKeyOf(key));
  const algorithm = new AlgorithmIdentifier(
    signer.algorithm === 'sm2-sm3'
      ? { algorithmId: OID.sm2WithSm3 }
      : { algorithmId: OID.sha256WithRsa, algorithmParams: new Null() },
  );
  const name = nameOf(subject);
  const parent = issuer && readCertificate(issuer.certificate).parsed;
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x7f) | 0x40, 0);
  const certificate = new Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: Uint8Array.from(serial).buffer }),
    signature: algorithm,
    signatureAlgorithm: algorithm,
    issuer: parent?.subject ?? name,
    subject: name,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    subjectPublicKeyInfo: spki,
    extensions: extensionsOf(role, spki, parent?.subjectPublicKeyInfo ?? spki),
  });
  certificate.tbsView = new Uint8Array(certificate.encodeTBS().toBER());
  certificate.signatureValue = new BitString({
    valueHex: Uint8Array.from(signMessage(signer, certificate.tbsView)).buffer,
  });
  return new Uint8Array(certificate.toSchema().toBER());
}

/** One attribute in each set, as all but very few authorities write a name. */
function nameOf({ commonName, organisation, organisationIdentifier }: CertificateRequest['subject']) {
  const text = (type: string, value: string | undefined) =>
    value === undefined ? [] : [new AttributeTypeAndValue({ type, value: new Utf8String({ value }) })];
  const attributes = [
    new AttributeTypeAndValue({ type: OID.country, value: new PrintableString({ value: 'CN' }) }),
    ...text(OID.organisationName, organisation),
    ...text(OID.organisationIdentifier, organisationIdentifier),
    ...text(OID.commonName, commonName),
  ];
  const name = new Sequence({ value: attributes.map((one) => new Asn1Set({ value: [one.toSchema()] })) });
  return new RelativeDistinguishedNames({ schema: fromBER(name.toBER()).result });
}

/** UTCTime ends with 2049 (RFC 5280 4.1.2.5). */
const timeOf = (value: Date) =>
  new Time({ type: value.getUTCFullYear() < 2050 ? TimeType.UTCTime : TimeType.GeneralizedTime, value });

const identifier = (key: PublicKeyInfo) =>
  new OctetString({
    valueHex: Uint8Array.from(createHash('sha1').update(key.subjectPublicKey.valueBlock.valueHexView).digest()).buffer,
  });

const USAGES = {
  root: { bits: 0x06, unused: 1 },
  issuing: { bits: 0x06, unused: 1 },
  timestamping: { bits: 0x80, unused: 7 },
  holder: { bits: 0xc0, unused: 6 },
};

function extensionsOf(role: CertificateRequest['role'], key: PublicKeyInfo, issuerKey: PublicKeyInfo): Extension[] {
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new Extension({ extnID, critical, extnValue: value.toBER() });
  const { bits, unused } = USAGES[role];
  const constraints =
    role === 'root' ? { cA: true } : role === 'issuing' ? { cA: true, pathLenConstraint: 0 } : { cA: false };
  return [
    extension(OID.basicConstraints, true, new BasicConstraints(constraints).toSchema()),
    extension(OID.keyUsage, true, new BitString({ valueHex: Uint8Array.of(bits).buffer, unusedBits: unused })),
    extension(OID.subjectKeyIdentifier, false, identifier(key)),
    extension(
      OID.authorityKeyIdentifier,
      false,
      new AuthorityKeyIdentifier({ keyIdentifier: identifier(issuerKey) }).toSchema(),
    ),
    ...(role === 'timestamping'
      ? [extension(OID.extendedKeyUsage, true, new ExtKeyUsage({ keyPurposes: [OID.timeStamping] }).toSchema())]
      : []),
  ];
}
