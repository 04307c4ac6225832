import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app reads it: SHA-1, six digits, 30 s. */
const PERIOD_S = 30;
const SECRET_BYTES = 20;

export const newSecret = (): Buffer => Buffer.from(new Secret({ size: SECRET_BYTES }).bytes);

const totpOf = (secret: Buffer, login = ''): TOTP =>
  new TOTP({
    issuer: '科申',
    label: login,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
  });

/** For typing by hand, in groups of four. */
export const secretInText = (secret: Buffer): string =>
  totpOf(secret)
    .secret.base32.replace(/(.{4})(?=.)/g, '$1 ')
    .trim();

export const enrolmentUri = (secret: Buffer, login: string): string => totpOf(secret, login).toString();

/**
 * The 30-second step that a code belongs to: the present one, the one before or the one after (phones are not exact). Undefined for a code
 * of none of them.
 */
export function stepOf(secret: Buffer, code: string, at: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(at.getTime() / 1000 / PERIOD_S) + delta;
}
