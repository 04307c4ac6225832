import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { ok, refused } from '../../http/result.ts';
import {
  subjectInWords,
  type SealAlgorithm,
  type SealAuthority,
  type SealCredential,
  type SealSubject,
  type TrustAnchor,
} from '../authority.ts';
import { readCertificate } from '../crypto/certificate.ts';
import { OID } from '../crypto/object-ids.ts';
import { requestTimestamp } from './http-timestamp.ts';
import { post } from './post.ts';
import { isSafeAddress } from './safe-address.ts';

export type RemoteService = {
  /** As shown to people: the licensed authority's name. */
  name: string;
  /** Up to and without the last slash: `https://…/csc/v2`. Plain http only to this machine. */
  address: string;
  /** Sent as a bearer token; comes from a file or the environment of the operator. */
  accessToken: string;
  /** The address of an RFC 3161 service. */
  timestampAddress: string;
  /** The authority's roots, brought by the operator. */
  roots: Uint8Array[];
  /** Where an organisation gets its certificate, in Chinese: shown to whoever has none. */
  howToApply: string;
};

/** The certificate's owner as the service knows it. */
const userOf = ({ kind, organisation }: SealSubject): string =>
  kind === 'leadOrganisation'
    ? organisation.unifiedSocialCreditCode
    : `${organisation.unifiedSocialCreditCode}#legalRepresentative`;

const NAMES: Record<SealAlgorithm, { key: string; signature: string; hash: string }> = {
  'rsa-sha256': { key: OID.rsa, signature: OID.sha256WithRsa, hash: OID.sha256 },
  'sm2-sm3': { key: OID.sm2WithSm3, signature: OID.sm2WithSm3, hash: OID.sm3 },
};

const Credentials = Type.Object({
  credentialIDs: Type.Array(Type.String()),
  credentialInfos: Type.Array(
    Type.Object({
      credentialID: Type.String(),
      key: Type.Object({ status: Type.String(), algo: Type.Array(Type.String()) }),
      cert: Type.Object({
        status: Type.Optional(Type.String()),
        certificates: Type.Array(Type.String(), { minItems: 1 }),
      }),
    }),
  ),
});
const Authorisation = Type.Object({ SAD: Type.String() });
const Signatures = Type.Object({ signatures: Type.Array(Type.String(), { minItems: 1, maxItems: 1 }) });

/**
 * A licensed authority that keeps the keys and signs hashes over HTTP: the calls of the Cloud Signature Consortium's API v2 that sealing
 * needs (credentials/list, credentials/authorize, signatures/signHash), and RFC 3161 for time-stamps. It never seals rehearsals, since
 * what it signs binds. For SM2 the hash that is sent already contains Z.
 */
export function remoteAuthority(service: RemoteService): SealAuthority {
  if (!isSafeAddress(service.address) || !isSafeAddress(service.timestampAddress))
    throw new Error(`印章服务的网址须以 https:// 开头：${service.address}、${service.timestampAddress}`);
  const headers = { authorization: `Bearer ${service.accessToken}` };
  async function call<T extends TSchema>(path: string, body: object, answer: T): Promise<Static<T>> {
    const text = new TextDecoder().decode(
      await post(`${service.address}/${path}`, 'application/json', JSON.stringify(body), headers),
    );
    const value: unknown = JSON.parse(text);
    if (!Value.Check(answer, value)) throw new Error(`the signing service answered ${path} in another form`);
    return value;
  }
  const none = (subject: SealSubject) =>
    refused(409, {
      code: 'no_seal_certificate',
      message: `在${service.name}没有查到${subjectInWords(subject)}。`,
      remedy: service.howToApply,
    });

  return {
    name: service.name,
    anchors: service.roots.map((certificate): TrustAnchor => ({ certificate, rehearsal: false })),
    async find(subject, algorithm, rehearsal) {
      if (rehearsal) return notInRehearsal(service.name);
      const list = await call(
        'credentials/list',
        { userID: userOf(subject), credentialInfo: true, certificates: 'chain', certInfo: true },
        Credentials,
      );
      const { key, signature } = NAMES[algorithm];
      // A renewed certificate stands beside the expired one: the usable one that ends last is taken.
      const [best] = list.credentialInfos
        .filter((one) => one.key.algo.includes(key) || one.key.algo.includes(signature))
        .map((one) => ({
          id: one.credentialID,
          algorithm,
          chain: one.cert.certificates.map((certificate) => Buffer.from(certificate, 'base64')),
          status: statusOf(one),
        }))
        .toSorted((a, b) => rank(b) - rank(a));
      return best ? ok(best) : none(subject);
    },
    async issue(subject, _algorithm, rehearsal) {
      return rehearsal ? notInRehearsal(service.name) : none(subject);
    },
    async sign({ credential, digest, requestId }) {
      const names = NAMES[credential.algorithm];
      const request = {
        credentialID: credential.id,
        hashes: [Buffer.from(digest).toString('base64')],
        hashAlgorithmOID: names.hash,
        clientData: requestId,
      };
      const { SAD } = await call('credentials/authorize', { ...request, numSignatures: 1 }, Authorisation);
      const { signatures } = await call(
        'signatures/signHash',
        { ...request, SAD, signAlgo: names.signature },
        Signatures,
      );
      return Buffer.from(signatures[0] ?? '', 'base64');
    },
    timestamp: (imprint) => requestTimestamp(service.timestampAddress, imprint),
  };
}

function statusOf({ key, cert }: Static<typeof Credentials>['credentialInfos'][number]): SealCredential['status'] {
  if (cert.status === 'revoked') return 'revoked';
  // Whether it is expired is read from the certificate itself, so that the refusal can name the day.
  return key.status === 'enabled' && cert.status !== 'suspended' ? 'usable' : 'suspended';
}

const rank = ({ chain: [holder], status }: SealCredential): number =>
  holder && status === 'usable' ? readCertificate(holder).notAfter.getTime() : 0;

const notInRehearsal = (name: string) =>
  refused(409, {
    code: 'seal_not_in_rehearsal',
    message: `演练不使用${name}的正式电子印章。`,
    remedy: '演练请用演练印章机构签章。',
  });
