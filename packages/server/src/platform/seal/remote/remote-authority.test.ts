import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { TimeStampReq, TimeStampResp, PKIStatusInfo, ContentInfo } from 'pkijs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SealAuthority, SealSubject } from '../authority.ts';
import { openKeystore, type Keystore } from '../local/keystore.ts';
import type { Identity } from '../local/issue-certificate.ts';
import { signDigest } from '../local/keys.ts';
import { stamp } from '../local/stamp.ts';
import { sealDocument } from '../seal-document.ts';
import { signDetached, verifyDetached } from '../sign-detached.ts';
import {
  lead,
  leadOrder,
  ORDERED,
  representative,
  representativeOrder,
  tablePdf,
  temporaryDirectory,
  value,
} from '../test-bench.ts';
import { verifyDocument } from '../verify-document.ts';
import { remoteAuthority } from './remote-authority.ts';

/**
 * A signing service in this process, as the authority at the other end of the line: three calls of the CSC API v2 and RFC 3161. It signs
 * only what it has authorised, and answers the same question with the same signature.
 */
let keystore: Keystore;
let server: Server;
let address: string;
let authority: SealAuthority;
let holders: Record<string, Identity[]>;
let asked: { path: string; body: Record<string, unknown>; authorization: string | undefined }[];
let misbehave: 'down' | 'elsewhere' | 'another key' | 'another imprint' | 'another form' | undefined;
let certificateStatus: string | undefined;

const issue = (subject: SealSubject, algorithm: 'rsa-sha256' | 'sm2-sm3') =>
  keystore.issue(subject, algorithm, ORDERED, new Date(ORDERED.getTime() + 1000 * 3600));

beforeAll(async () => {
  keystore = await openKeystore(temporaryDirectory());
  const code = lead.organisation.unifiedSocialCreditCode;
  holders = {
    [code]: [await issue(lead, 'rsa-sha256'), await issue(lead, 'sm2-sm3')],
    [`${code}#legalRepresentative`]: [await issue(representative, 'rsa-sha256')],
  };
  server = createServer((request, response) => {
    void answer(request).then(({ status, type, body, location }) =>
      response.writeHead(status, { 'content-type': type, ...(location && { location }) }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  authority = remoteAuthority(service());
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  asked = [];
  misbehave = undefined;
  certificateStatus = undefined;
});

const service = () => ({
  name: '某某数字证书认证公司',
  address: `${address}/csc/v2`,
  accessToken: 'service-token',
  timestampAddress: `${address}/tsa`,
  roots: [keystore.house['rsa-sha256'].root.certificate, keystore.house['sm2-sm3'].root.certificate],
  howToApply: '请向某某数字证书认证公司申办电子印章，一般须提前7天。',
});

type Reply = { status: number; type: string; body: string | Uint8Array; location?: string };
const json = (value: object, status = 200): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

async function answer(request: IncomingMessage): Promise<Reply> {
  const path = request.url ?? '';
  const bytes = await buffer(request);
  if (misbehave === 'down') return json({ error: 'server_error' }, 503);
  if (misbehave === 'elsewhere') return { ...json({}, 307), location: 'http://127.0.0.1:1/' };
  if (path === '/tsa') return stamped(bytes);
  const body = JSON.parse(bytes.toString()) as Record<string, unknown>;
  asked.push({ path: path.replace('/csc/v2/', ''), body, authorization: request.headers.authorization });
  if (path.endsWith('credentials/list')) return json(listed(String(body['userID'])));
  if (path.endsWith('credentials/authorize')) return json({ SAD: `sad of ${String(body['hashes'])}`, expiresIn: 60 });
  if (body['SAD'] !== `sad of ${String(body['hashes'])}`) return json({ error: 'invalid_request' }, 400);
  const all = Object.values(holders).flat();
  const key = all[Number(body['credentialID']) + (misbehave === 'another key' ? 2 : 0)]?.key;
  const digest = Buffer.from(String((body['hashes'] as string[])[0]), 'base64');
  return json({ signatures: key ? [signDigest(key, digest).toString('base64')] : [] });
}

function listed(user: string) {
  if (misbehave === 'another form') return { credentials: [] };
  const all = Object.values(holders).flat();
  const credentialInfos = (holders[user] ?? []).map((identity) => ({
    credentialID: String(all.indexOf(identity)),
    key: {
      status: 'enabled',
      algo:
        identity.key.algorithm === 'sm2-sm3'
          ? ['1.2.156.10197.1.501']
          : ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11'],
      len: 2048,
    },
    cert: {
      status: certificateStatus ?? 'valid',
      certificates: [identity, keystore.house[identity.key.algorithm].issuing].map(({ certificate }) =>
        Buffer.from(certificate).toString('base64'),
      ),
    },
  }));
  return { credentialIDs: credentialInfos.map(({ credentialID }) => credentialID), credentialInfos };
}

function stamped(query: Buffer): Reply {
  const { messageImprint, nonce } = TimeStampReq.fromBER(query);
  const imprint = Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView);
  if (misbehave === 'another imprint') imprint.writeUInt8(imprint.readUInt8(0) ^ 1, 0);
  const { timestamping, 'rsa-sha256': rsa } = keystore.house;
  const token = stamp(timestamping, [timestamping.certificate, rsa.root.certificate], imprint, ORDERED, nonce);
  const response = new TimeStampResp({
    status: new PKIStatusInfo({ status: 0 }),
    timeStampToken: ContentInfo.fromBER(Uint8Array.from(token)),
  });
  return { status: 200, type: 'application/timestamp-reply', body: Buffer.from(response.toSchema().toBER()) };
}

const live = { ...leadOrder, rehearsal: false };

test('both seals and the SM2 signature are made with keys that never leave the service', async () => {
  const one = value(await sealDocument(authority, tablePdf(), live));
  const two = value(await sealDocument(authority, one.bytes, { ...representativeOrder, rehearsal: false }));
  const report = await verifyDocument(two.bytes, { anchors: authority.anchors, at: ORDERED });
  expect(report.sound).toBe(true);
  expect(report.signatures[1]).toMatchObject({
    signer: '乌云其木格',
    trust: { rehearsal: false, anchor: '科申演练根证书' },
  });
  const { message } = value(await signDetached(authority, two.bytes, { subject: lead, rehearsal: false, at: ORDERED }));
  expect(verifyDetached(two.bytes, message, { anchors: authority.anchors, at: ORDERED })?.sound).toBe(true);

  expect(asked.slice(0, 3).map(({ path }) => path)).toEqual([
    'credentials/list',
    'credentials/authorize',
    'signatures/signHash',
  ]);
  expect(asked.every(({ authorization }) => authorization === 'Bearer service-token')).toBe(true);
  expect(asked[2]?.body).toMatchObject({
    hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
    signAlgo: '1.2.840.113549.1.1.11',
  });
  // Nothing of the application but a hash goes out.
  expect(asked[2]?.body['hashes']).toEqual([expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
});

test('a repeated sealing names its request the same', async () => {
  await sealDocument(authority, tablePdf(), live);
  await sealDocument(authority, tablePdf(), live);
  const names = asked.filter(({ path }) => path === 'signatures/signHash').map(({ body }) => body['clientData']);
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(1);
});

test('a rehearsal never reaches the service', async () => {
  expect(await sealDocument(authority, tablePdf(), leadOrder)).toMatchObject({
    ok: false,
    refusal: { code: 'seal_not_in_rehearsal' },
  });
  expect(asked).toEqual([]);
});

test('who has no certificate there is told where to apply; none is issued from here', async () => {
  const subject = { ...lead, organisation: { name: '某某公司', unifiedSocialCreditCode: '91150000MA0N000000' } };
  for (const answer of [
    await authority.find(subject, 'rsa-sha256', false),
    await authority.issue(subject, 'rsa-sha256', false),
  ])
    expect(answer).toMatchObject({
      ok: false,
      refusal: {
        message: '在某某数字证书认证公司没有查到某某公司的单位公章。',
        remedy: expect.stringContaining('提前7天'),
      },
    });
});

test('what the service knows of a certificate counts', async () => {
  certificateStatus = 'revoked';
  expect(await sealDocument(authority, tablePdf(), live)).toMatchObject({
    ok: false,
    refusal: { code: 'seal_certificate_revoked' },
  });
});

test.each([
  ['down', 'answered 503'],
  ['elsewhere', 'fetch failed'],
  ['another form', 'in another form'],
  ['another key', 'not made with the key'],
  ['another imprint', 'answered another question'],
] as const)('a service that is or answers %s makes no seal', async (how, error) => {
  misbehave = how;
  await expect(sealDocument(authority, tablePdf(), live)).rejects.toThrow(error);
});

test('hashes do not travel unencrypted', () => {
  expect(() => remoteAuthority({ ...service(), address: 'http://sign.example.cn/csc/v2' })).toThrow('https://');
});
