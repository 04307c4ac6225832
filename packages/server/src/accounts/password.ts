import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { type Refused, refused } from '../platform/http/result.ts';
import { isCommon } from './common-passwords.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** Typed on another keyboard the same password may arrive in another Unicode form. */
const normal = (password: string): string => password.normalize('NFKC');

/** argon2id, 19 MiB, two passes (the library's defaults, which are OWASP's). */
export const hashPassword = (password: string): Promise<string> => hash(normal(password));

/** Stands in place of a hash until an invitation is used: no password matches. */
export const NO_PASSWORD = '';

/** Verifies against a hash of nothing for an unknown login or one without a password: the time taken does not tell which logins exist. */
export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored || (await hashOfNothing), normal(password)).catch(() => false);
  return matches && Boolean(stored);
}

const hashOfNothing = hash('nobody has this password');

/** Length counts, and what everybody tries first is refused; no demand for special characters (ASVS 5, 6.2). */
export function findWeakness(password: string, login: string, where: string): Refused | undefined {
  const text = normal(password).toLowerCase();
  const weak = (message: string): Refused =>
    refused(422, { code: 'weak_password', message, where, remedy: '可用几个不相干的词连成一句，好记又难猜。' });
  if (Array.from(text).length < PASSWORD_MIN) return weak(`密码至少要${PASSWORD_MIN}个字符。`);
  if (Array.from(text).length > PASSWORD_MAX) return weak(`密码至多${PASSWORD_MAX}个字符。`);
  if (text.includes(login)) return weak('密码里不能含有登录名。');
  if (isCommon(text)) return weak('密码只由常见的字样或数字组成，最先被人猜到。');
  if (new Set(text).size < 5) return weak('密码里不同的字符太少。');
  return undefined;
}

/** No characters that are mistaken for one another when read aloud or from paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 14 characters, 69 bits: shown once, to be changed at the first sign-in. */
export const temporaryPassword = (): string =>
  Array.from({ length: 14 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
