import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator as on a phone (RFC 6238: SHA-1, six digits, 30 seconds). It never shows the same code twice: it waits for the next. */
export function authenticator(secret: string) {
  const bits = Array.from(secret.replaceAll(' ', ''), (letter) =>
    ALPHABET.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  let last = 0;
  return async (): Promise<string> => {
    if (Math.floor(Date.now() / STEP_MS) <= last) await sleep((last + 1) * STEP_MS - Date.now() + 200);
    last = Math.floor(Date.now() / STEP_MS);
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(last));
    const hash = createHmac('sha1', key).update(counter).digest();
    const at = (hash.at(-1) ?? 0) & 15;
    return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  };
}
