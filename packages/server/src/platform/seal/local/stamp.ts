import { createHash, randomBytes } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import { Accuracy, AlgorithmIdentifier, MessageImprint, TSTInfo } from 'pkijs';
import { encodeMessage, toBeSigned } from '../crypto/cms.ts';
import { OID } from '../crypto/object-ids.ts';
import type { Identity } from './issue-certificate.ts';
import { signDigest } from './keys.ts';

/** Under 2.25, the arc of UUIDs, where nobody has to be asked: this policy promises nothing but the server's clock. */
const POLICY = '2.25.6187303737881312872558761584053504571';

/** An RFC 3161 token over a SHA-256 imprint, in whole seconds; the nonce is the asker's. */
export function stamp(
  tsa: Identity,
  chain: readonly Uint8Array[],
  imprint: Uint8Array,
  at: Date,
  nonce?: Integer,
): Buffer {
  if (imprint.length !== 32) throw new Error('a SHA-256 of 32 bytes is stamped');
  const serial = randomBytes(9);
  serial.writeUInt8(1, 0);
  const info = new TSTInfo({
    version: 1,
    policy: POLICY,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(imprint).buffer }),
    }),
    serialNumber: new Integer({ valueHex: Uint8Array.from(serial).buffer }),
    genTime: new Date(Math.floor(at.getTime() / 1000) * 1000),
    accuracy: new Accuracy({ seconds: 1 }),
    ...(nonce && { nonce }),
  });
  const content = new Uint8Array(info.toSchema().toBER());
  const message = {
    algorithm: 'rsa-sha256' as const,
    chain,
    messageDigest: createHash('sha256').update(content).digest(),
    content: { type: OID.tstInfo, bytes: content },
  };
  return encodeMessage(message, signDigest(tsa.key, toBeSigned(message).digest));
}
