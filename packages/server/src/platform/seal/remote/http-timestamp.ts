import { randomBytes } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq, TimeStampResp } from 'pkijs';
import { readMessage } from '../crypto/cms.ts';
import { OID } from '../crypto/object-ids.ts';
import { infoOf } from '../crypto/time-stamp.ts';
import { post } from './post.ts';

/**
 * Asks a time-stamping service over HTTP (RFC 3161 section 3.4) for a token over a SHA-256 imprint. Throws when the service refuses or
 * answers for something else; whether it is trusted is seen when the signature is verified.
 */
export async function requestTimestamp(
  address: string,
  imprint: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Uint8Array> {
  const nonce = randomBytes(9);
  nonce.writeUInt8(1, 0);
  const query = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(imprint).buffer }),
    }),
    nonce: new Integer({ valueHex: Uint8Array.from(nonce).buffer }),
    certReq: true,
  });
  const answer = await post(address, 'application/timestamp-query', Buffer.from(query.toSchema().toBER()), headers);
  const response = TimeStampResp.fromBER(answer);
  // 0 granted, 1 granted with changes.
  if (!response.timeStampToken || Number(response.status.status) > 1)
    throw new Error(`the time-stamping service refused with status ${response.status.status}`);
  const token = new Uint8Array(response.timeStampToken.toSchema().toBER());
  const content = readMessage(token)?.content;
  const info = content && infoOf(content);
  if (
    !info?.nonce ||
    !nonce.equals(info.nonce.valueBlock.valueHexView) ||
    !Buffer.from(imprint).equals(info.messageImprint.hashedMessage.valueBlock.valueHexView)
  )
    throw new Error('the time-stamping service answered another question');
  return token;
}
