import { createHash } from 'node:crypto';
import {
  type AsnType,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as Asn1Set,
  UTCTime,
} from 'asn1js';
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { SealAlgorithm } from '../authority.ts';
import { readCertificate, type ReadCertificate } from './certificate.ts';
import { OID } from './object-ids.ts';
import { sm2Digest } from './sm2.ts';
import { hashNamed, sm2KeyOf, verifySignature } from './verify-signature.ts';

/** How each algorithm is named: for RSA by RFC 5652 and 8017, for SM2 by GB/T 35275, whose content types are numbers of its own. */
const NAMES = {
  'rsa-sha256': { hash: OID.sha256, signature: OID.rsa, data: OID.data, signedData: OID.signedData },
  'sm2-sm3': { hash: OID.sm3, signature: OID.sm2Signature, data: OID.gmData, signedData: OID.gmSignedData },
} as const;

/** What a signature message says; without `content` it is detached. */
export type Message = {
  algorithm: SealAlgorithm;
  chain: readonly Uint8Array[];
  /** The hash of the content by the algorithm's hash. */
  messageDigest: Uint8Array;
  content?: { type: string; bytes: Uint8Array };
  /** Left out in PAdES, where the time is claimed in the PDF (ETSI EN 319 142-1). */
  signingTime?: Date;
};

/** The signed attributes (DER) and what the key signs for them. */
export function toBeSigned(message: Message): { attributes: Uint8Array; digest: Buffer } {
  const attributes = new Uint8Array(new Asn1Set({ value: attributesOf(message).map((one) => one.toSchema()) }).toBER());
  if (message.algorithm === 'rsa-sha256')
    return { attributes, digest: createHash('sha256').update(attributes).digest() };
  const key = sm2KeyOf(holderOf(message).parsed.subjectPublicKeyInfo);
  if (!key) throw new Error('the certificate holds no SM2 key');
  return { attributes, digest: sm2Digest(attributes, key) };
}

/**
 * The CMS SignedData (RFC 5652; with SM2, GB/T 35275) in DER. Throws when the signature was not made with the certificate's key, so that no
 * service can slip in another.
 */
export function encodeMessage(message: Message, signature: Uint8Array, timestampToken?: Uint8Array): Buffer {
  const names = NAMES[message.algorithm];
  const { parsed } = holderOf(message);
  const algorithm = { oid: names.signature, hashOid: names.hash };
  if (!verifySignature(parsed.subjectPublicKeyInfo, algorithm, toBeSigned(message).attributes, signature))
    throw new Error('the signature was not made with the key of the certificate');
  const contentType = message.content?.type ?? names.data;
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: parsed.issuer, serialNumber: parsed.serialNumber }),
    digestAlgorithm: named(names.hash),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes: attributesOf(message) }),
    signatureAlgorithm: named(names.signature),
    signature: new OctetString({ valueHex: bytes(signature) }),
    ...(timestampToken && {
      unsignedAttrs: new SignedAndUnsignedAttributes({
        type: 1,
        attributes: [new Attribute({ type: OID.timeStampToken, values: [fromBER(bytes(timestampToken)).result] })],
      }),
    }),
  });
  const signedData = new Sequence({
    value: [
      new Integer({ value: contentType === names.data ? 1 : 3 }),
      new Asn1Set({ value: [named(names.hash).toSchema()] }),
      new Sequence({
        value: [
          new ObjectIdentifier({ value: contentType }),
          ...(message.content ? [tagged([new OctetString({ valueHex: bytes(message.content.bytes) })])] : []),
        ],
      }),
      tagged(message.chain.map((certificate) => fromBER(bytes(certificate)).result)),
      new Asn1Set({ value: [signer.toSchema()] }),
    ],
  });
  return Buffer.from(new ContentInfo({ contentType: names.signedData, content: signedData }).toSchema().toBER());
}

export type ReadMessage = {
  signer: ReadCertificate;
  certificates: Certificate[];
  contentType: string;
  /** `undefined` when the message is detached. */
  content: Uint8Array | undefined;
  signature: Uint8Array;
  signingTime: Date | undefined;
  timestampToken: Uint8Array | undefined;
  /** The hash of the content by the algorithm that the message names. */
  messageDigest: { algorithm: string; value: Uint8Array };
  /** Whether the key of the certificate signed these attributes, and they name this very certificate where they name one. */
  genuine: boolean;
};

/** Reads a message with one signer; `undefined` when it is not one. Nothing in it is believed but what `genuine` covers. */
export function readMessage(der: Uint8Array): ReadMessage | undefined {
  try {
    return readSignedData(der);
  } catch {
    // Whoever forged it chose the bytes, so every failure to read them is the same answer.
    return undefined;
  }
}

function readSignedData(der: Uint8Array): ReadMessage | undefined {
  const outer = ContentInfo.fromBER(bytes(der));
  if (outer.contentType !== OID.signedData && outer.contentType !== OID.gmSignedData) return undefined;
  const data = new SignedData({ schema: outer.content });
  const [info, second] = data.signerInfos;
  const certificates = (data.certificates ?? []).filter((one) => one instanceof Certificate);
  if (!info?.signedAttrs || second || !(info.sid instanceof IssuerAndSerialNumber)) return undefined;
  const { sid } = info;
  const holder = certificates.find(
    (one) => one.issuer.isEqual(sid.issuer) && one.serialNumber.isEqual(sid.serialNumber),
  );
  const algorithm = hashNamed(info.digestAlgorithm.algorithmId);
  const value = (type: string) => info.signedAttrs?.attributes.find((one) => one.type === type)?.values[0];
  const messageDigest = value(OID.messageDigest);
  const contentType = value(OID.contentType);
  if (!holder || !algorithm || !(messageDigest instanceof OctetString) || !(contentType instanceof ObjectIdentifier))
    return undefined;

  const signer = readCertificate(new Uint8Array(holder.toSchema().toBER()));
  const signature = new Uint8Array(info.signature.valueBlock.valueHexView);
  const time = value(OID.signingTime);
  const token: unknown = info.unsignedAttrs?.attributes.find((one) => one.type === OID.timeStampToken)?.values[0];
  return {
    signer,
    certificates,
    contentType: data.encapContentInfo.eContentType,
    content: data.encapContentInfo.eContent && new Uint8Array(data.encapContentInfo.eContent.getValue()),
    signature,
    signingTime: time instanceof UTCTime ? time.toDate() : undefined,
    timestampToken: token instanceof Sequence ? new Uint8Array(token.toBER()) : undefined,
    messageDigest: { algorithm, value: new Uint8Array(messageDigest.valueBlock.valueHexView) },
    genuine:
      contentType.valueBlock.toString() === data.encapContentInfo.eContentType &&
      namesCertificate(value(OID.signingCertificateV2), signer) &&
      verifySignature(
        holder.subjectPublicKeyInfo,
        { oid: info.signatureAlgorithm.algorithmId, hashOid: info.digestAlgorithm.algorithmId },
        new Uint8Array(info.signedAttrs.encodedValue),
        signature,
      ),
  };
}

/** In the order that DER gives to a SET OF: by their bytes. */
function attributesOf(message: Message): Attribute[] {
  const names = NAMES[message.algorithm];
  const attributes = [
    new Attribute({
      type: OID.contentType,
      values: [new ObjectIdentifier({ value: message.content?.type ?? names.data })],
    }),
    new Attribute({ type: OID.messageDigest, values: [new OctetString({ valueHex: bytes(message.messageDigest) })] }),
    ...(message.signingTime
      ? [new Attribute({ type: OID.signingTime, values: [new UTCTime({ valueDate: message.signingTime })] })]
      : []),
    ...(message.algorithm === 'rsa-sha256' ? [signingCertificate(holderOf(message))] : []),
  ];
  return attributes
    .map((attribute) => ({ attribute, der: Buffer.from(attribute.toSchema().toBER()) }))
    .toSorted((a, b) => Buffer.compare(a.der, b.der))
    .map(({ attribute }) => attribute);
}

/** ESS signing-certificate-v2 (RFC 5035): ties the signature to one certificate, by SHA-256, the default that is not written. */
const signingCertificate = ({ fingerprint }: ReadCertificate): Attribute => {
  const hash = new OctetString({ valueHex: bytes(Buffer.from(fingerprint, 'hex')) });
  const certificates = new Sequence({ value: [new Sequence({ value: [hash] })] });
  return new Attribute({ type: OID.signingCertificateV2, values: [new Sequence({ value: [certificates] })] });
};

/** True as well where no certificate is named. A hash other than the default stands as a sequence before the value. */
function namesCertificate(attribute: unknown, signer: ReadCertificate): boolean {
  if (attribute === undefined) return true;
  const list = attribute instanceof Sequence ? attribute.valueBlock.value[0] : undefined;
  const first = list instanceof Sequence ? list.valueBlock.value[0] : undefined;
  const [one, two] = first instanceof Sequence ? first.valueBlock.value : [];
  const oid = one instanceof Sequence ? one.valueBlock.value[0] : undefined;
  const algorithm = oid instanceof ObjectIdentifier ? hashNamed(oid.valueBlock.toString()) : 'sha256';
  const hash = one instanceof OctetString ? one : two;
  if (!algorithm || !(hash instanceof OctetString)) return false;
  return createHash(algorithm).update(signer.der).digest().equals(hash.valueBlock.valueHexView);
}

function holderOf({ chain }: Message): ReadCertificate {
  if (!chain[0]) throw new Error('a signature needs the certificate of its holder');
  return readCertificate(chain[0]);
}

const named = (oid: string) => new AlgorithmIdentifier({ algorithmId: oid, algorithmParams: new Null() });
const tagged = (value: AsnType[]) => new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value });
/** The library takes the whole buffer behind a view, so a view is copied out of what it looks at. */
const bytes = (view: Uint8Array): ArrayBuffer => Uint8Array.from(view).buffer;
