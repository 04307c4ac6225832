import { createHash } from 'node:crypto';
import { officialInstant } from '@keshen/rules';
import type { SealKind, TrustAnchor } from './authority.ts';
import { readMessage } from './crypto/cms.ts';
import { OID } from './crypto/object-ids.ts';
import { readTimestamp, type ReadTimestamp } from './crypto/time-stamp.ts';
import { trustOf, type Trust } from './crypto/trust.ts';
import { kindOf } from './pdf/fields.ts';
import { laterChanges } from './pdf/later-changes.ts';
import { type FoundSignature, readSignatures } from './pdf/read-signatures.ts';

/**
 * `whole`: nothing stands behind what was signed; `later_seals`: only further seals do; `changed_after`: something else was added or
 * replaced; `unclear`: the signature does not say believably what it covers.
 */
export type Coverage = 'whole' | 'later_seals' | 'changed_after' | 'unclear';

export type SignatureReport = {
  field: string;
  /** One of ours, by the field that it stands in. */
  kind: SealKind | undefined;
  signer: string;
  organisation: string | undefined;
  issuer: string;
  reason: string | undefined;
  /** What the file claims; `timestamp` is what a third party vouches for. */
  claimedAt: Date | undefined;
  timestamp: ReadTimestamp | undefined;
  /** The signed bytes are those that the certificate's key signed. */
  intact: boolean;
  coverage: Coverage;
  trust: Trust;
  /** Everything above is in order, and a trusted time-stamp proves the time. */
  sound: boolean;
  /** In Chinese, for a person: who, when, and what is wrong. */
  findings: string[];
};

export type VerificationReport = {
  sha256: string;
  /** The SHA-256 of the file before its first seal, where a sound seal says so and the bytes agree. */
  sourceSha256: string | undefined;
  signatures: SignatureReport[];
  /** There is at least one signature, and all are sound. */
  sound: boolean;
  /** Why nothing could be read, in Chinese. */
  problem: string | undefined;
};

/**
 * Lists the signatures of a PDF, earliest first, and what can be said of each: who, when, whether what was signed is unchanged, whether
 * something was changed after it, whether its certificate leads to one of the roots. A signature without a trusted time-stamp is judged at
 * `at`. The file is held in memory several times over, and reading a mangled one can take seconds: what strangers upload belongs behind a
 * limit and in a worker. Revocation after the sealing is not looked up.
 */
export async function verifyDocument(
  bytes: Uint8Array,
  { anchors, at }: { anchors: readonly TrustAnchor[]; at: Date },
): Promise<VerificationReport> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let found: FoundSignature[];
  try {
    found = await readSignatures(bytes);
  } catch {
    const problem = '读不出这份文件：它不是完整的PDF，或者加了密。';
    return { sha256, sourceSha256: undefined, signatures: [], sound: false, problem };
  }
  const read = found.map((one) => ({ one, ...judge(bytes, one, anchors, at) }));
  const last = read.at(-1);
  const closed = last?.intact && last.trust.trusted && last.one.range?.end === bytes.length;
  const signatures: SignatureReport[] = [];
  for (const { one, ...judged } of read) {
    const coverage = await coverageOf(bytes, one, Boolean(closed));
    const report = {
      field: one.field,
      kind: kindOf(one.field),
      reason: one.reason,
      claimedAt: one.claimedAt,
      ...judged,
      coverage,
    };
    const covered = coverage === 'whole' || coverage === 'later_seals';
    const sound = report.intact && covered && report.trust.trusted && report.timestamp?.trust.trusted === true;
    signatures.push({ ...report, sound, findings: findingsOf(report) });
  }
  const source = found.find((_, index) => signatures[index]?.sound)?.source;
  return {
    sha256,
    sourceSha256: source && hashOfStart(bytes, source.length) === source.sha256 ? source.sha256 : undefined,
    signatures,
    sound: signatures.length > 0 && signatures.every(({ sound }) => sound),
    problem: signatures.length === 0 ? '这份文件没有电子签章。' : undefined,
  };
}

const hashOfStart = (bytes: Uint8Array, length: number): string =>
  createHash('sha256').update(bytes.subarray(0, length)).digest('hex');

type Judged = Pick<SignatureReport, 'signer' | 'organisation' | 'issuer' | 'timestamp' | 'intact' | 'trust'>;

function judge(
  bytes: Uint8Array,
  { message, range, subFilter }: FoundSignature,
  anchors: readonly TrustAnchor[],
  at: Date,
): Judged {
  const read = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'].includes(subFilter) ? readMessage(message) : undefined;
  if (!read) {
    const trust: Trust = { trusted: false, problem: '读不出签名' };
    return { signer: '', organisation: undefined, issuer: '', timestamp: undefined, intact: false, trust };
  }
  const { algorithm, value } = read.messageDigest;
  const hash = createHash(algorithm);
  if (range) hash.update(bytes.subarray(0, range.gapStart)).update(bytes.subarray(range.gapEnd, range.end));
  const intact =
    range !== undefined &&
    read.genuine &&
    read.contentType === OID.data &&
    !read.content &&
    hash.digest().equals(value);
  const timestamp = read.timestampToken && readTimestamp(read.timestampToken, read.signature, anchors);
  return {
    signer: read.signer.commonName,
    organisation: read.signer.organisation,
    issuer: read.signer.issuer,
    timestamp,
    intact,
    trust: trustOf(read.signer, read.certificates, anchors, timestamp?.trust.trusted ? timestamp.at : at, 'signing'),
  };
}

/** `closed`: the last signature is in order and reaches the end of the file, so that whoever changed something behind this one signed it. */
async function coverageOf(bytes: Uint8Array, { range }: FoundSignature, closed: boolean): Promise<Coverage> {
  if (!range) return 'unclear';
  if (range.end === bytes.length) return 'whole';
  if (!closed) return 'changed_after';
  try {
    return (await laterChanges(bytes.subarray(0, range.end), bytes)).length === 0 ? 'later_seals' : 'changed_after';
  } catch {
    // What was signed is not a complete file by itself, so nobody can say what was seen when it was signed.
    return 'changed_after';
  }
}

/** What is wrong, first of all: the first unsound signature by its gravest fault, or that there is none. `undefined` for a sound document. */
export function firstProblem({ problem, signatures }: VerificationReport): string | undefined {
  if (problem) return problem;
  const unsound = signatures.find(({ sound }) => !sound);
  if (!unsound) return undefined;
  const { signer, intact, coverage, trust } = unsound;
  const who = signer ? `“${signer}”` : '无法识别的';
  if (!intact) return `${who}签章所覆盖的内容已被改动，或者签名是伪造的。`;
  if (coverage !== 'whole' && coverage !== 'later_seals') return `${who}签章之后文件又有改动。`;
  if (!trust.trusted) return `${who}签章的证书不受信任：${trust.problem}。`;
  return `${who}签章没有可信的时间戳。`;
}

function findingsOf(report: Omit<SignatureReport, 'sound' | 'findings'>): string[] {
  const { signer, organisation, timestamp, claimedAt, intact, coverage, trust } = report;
  const who =
    signer && organisation && organisation !== signer ? `${signer}（${organisation}）` : signer || '无法识别的签名人';
  const when = timestamp ?? (claimedAt && { at: claimedAt });
  return [
    `${who}${when ? `于${officialInstant(when.at.getTime())}` : ''}签章。`,
    ...(timestamp
      ? timestamp.trust.trusted
        ? [`时间由${timestamp.by}证明。`]
        : [`时间戳不受信任：${timestamp.trust.problem}。`]
      : ['没有有效的时间戳，签章时间只是文件自己所写。']),
    intact ? '签章所覆盖的内容没有改动。' : '签章所覆盖的内容已被改动，或者签名是伪造的。',
    ...(coverage === 'whole' ? ['签章覆盖整份文件。'] : []),
    ...(coverage === 'later_seals' ? ['签章之后只加盖了其他电子印章，内容没有改动。'] : []),
    ...(coverage === 'changed_after' ? ['签章之后文件又有改动。'] : []),
    ...(coverage === 'unclear' ? ['说不清签章覆盖了哪些内容。'] : []),
    ...(trust.trusted
      ? [trust.rehearsal ? '证书由演练印章机构签发，没有法律效力。' : `证书由受信任的“${trust.anchor}”签发。`]
      : [`证书不受信任：${trust.problem}。`]),
  ];
}
