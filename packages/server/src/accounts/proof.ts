import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** So many failures from one address within the memory of the slow-down, and each further sign-in from there costs some work. */
export const PROOF_FROM = 20;
/** Leading zero bits of SHA-256: about 32,000 hashes, one or two seconds in a browser, nothing to see or hear or solve. */
export const PROOF_BITS = 15;
const LIFETIME_MS = 5 * 60_000;

export type Challenge = { challenge: string; bits: number };
export type Proof = { challenge: string; answer: number };

/** `mark` is made of the rest by this installation only, so that a challenge need not be remembered before it is used. */
type Mark = (text: string) => string;

export function newChallenge(mark: Mark, address: string, at: Date): Challenge {
  const body = `${(at.getTime() + LIFETIME_MS).toString(36)}.${randomBytes(12).toString('hex')}`;
  return { challenge: `${body}.${mark(marked(body, address))}`, bits: PROOF_BITS };
}

/** Until when the challenge would be good, if the work was done for one of ours, for this address; undefined otherwise. */
export function checkProof(mark: Mark, proof: Proof, address: string, at: Date): Date | undefined {
  const [, expires = '', random = '', given = ''] =
    /^([0-9a-z]{1,12})\.([0-9a-f]{24})\.([\w-]+)$/.exec(proof.challenge) ?? [];
  const text = marked(`${expires}.${random}`, address);
  if (!sameText(mark(text), given)) return undefined;
  const until = Number.parseInt(expires, 36);
  const hash = createHash('sha256').update(`${proof.challenge}:${proof.answer}`).digest();
  const enough = hash.readUInt32BE(0) >>> (32 - PROOF_BITS) === 0;
  return enough && until > at.getTime() ? new Date(until) : undefined;
}

const marked = (body: string, address: string): string => `proof of work:${body}:${address}`;

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
