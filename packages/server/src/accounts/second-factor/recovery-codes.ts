import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { normaliseBase32, toBase32 } from '../../platform/signing/base32.ts';

const COUNT = 10;

/** The first character is the place of the code, so that one hash is compared and not ten; 55 random bits follow. */
export type RecoveryCode = { position: number; text: string; codeHash: string };

export function newRecoveryCodes(): Promise<RecoveryCode[]> {
  return Promise.all(
    Array.from({ length: COUNT }, async (_, position) => {
      const plain = `${position}${toBase32(randomBytes(8)).slice(0, 11)}`;
      return { position, text: plain.replace(/(.{4})(?=.)/g, '$1-'), codeHash: await hash(plain) };
    }),
  );
}

/** A typed code without its hyphens and with look-alikes read as meant; undefined when it cannot be one. */
export function readRecoveryCode(typed: string): { position: number; plain: string } | undefined {
  const plain = normaliseBase32(typed);
  return /^\d[0-9A-HJKMNP-TV-Z]{11}$/.test(plain) ? { position: Number(plain[0]), plain } : undefined;
}

export const recoveryCodeMatches = (codeHash: string, plain: string): Promise<boolean> => verify(codeHash, plain);
