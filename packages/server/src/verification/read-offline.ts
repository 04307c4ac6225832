import type { KeyObject } from 'node:crypto';
import { callMarkOf, openToken, readVersionCode, type Token, versionCode } from '../platform/signing/index.ts';

/** A call that is known where the code is read. */
export type KnownCall = { key: string; title: string };

/**
 * What a QR's text says without asking the system: signed by the holder of the key or not, of which call, a rehearsal's or not. `code` is
 * the short code that has to stand beside it on the paper. `anotherCall`: genuine, but not of the call that was expected.
 */
export type OfflineVerdict =
  | { is: 'genuine' | 'rehearsal' | 'anotherCall'; token: Token; code: string; call?: KnownCall }
  | { is: 'forged' }
  | { is: 'short'; code: string }
  | { is: 'foreign' };

const SIGNED = /^[0-9A-Z]{120,}$/;

/** `text`: an address that ends in /v/…, or what stands there. `expected`: the key of the call that the paper must belong to. */
export function readOffline(
  publicKey: KeyObject,
  text: string,
  { calls, expected }: { calls: readonly KnownCall[]; expected?: string | undefined },
): OfflineVerdict {
  const last = text
    .trim()
    .replace(/^.*\/v\//s, '')
    .replace(/\?.*$/s, '');
  const short = readVersionCode(last);
  if (short) return { is: 'short', code: short };
  const token = openToken(publicKey, last);
  if (!token) return { is: SIGNED.test(last.toUpperCase()) ? 'forged' : 'foreign' };
  const call = calls.find(({ key }) => callMarkOf(key) === token.callMark);
  const found = { token, code: versionCode(token.hash), ...(call && { call }) };
  if (expected !== undefined && token.callMark !== callMarkOf(expected)) return { is: 'anotherCall', ...found };
  return { is: token.rehearsal ? 'rehearsal' : 'genuine', ...found };
}
