import { fromBase32, normaliseBase32, toBase32 } from './base32.ts';

/**
 * The code that stands on every page of a print: the first 80 bits of the content's SHA-256 (hexadecimal) as sixteen characters in
 * groups of four, so that a clerk can compare paper with the system by eye or by typing it.
 */
export const versionCode = (hash: string): string => grouped(toBase32(Buffer.from(hash.slice(0, 20), 'hex')));

/** A typed code in the form it is stored in; `undefined` when it cannot be one. */
export function readVersionCode(typed: string): string | undefined {
  const plain = normaliseBase32(typed);
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain) ? grouped(plain) : undefined;
}

/** The first 20 hexadecimal digits of the hash that a code stands for. */
export const hashStartOf = (code: string): string =>
  (fromBase32(normaliseBase32(code)) ?? Buffer.alloc(0)).toString('hex');

const grouped = (code: string) => code.replace(/(.{4})(?=.)/g, '$1-');
