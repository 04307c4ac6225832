import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { solve } from './proof-of-work.ts';

test('the answer has the zero bits that were asked for', async () => {
  const proof = await solve({ challenge: 'an example', bits: 12 });
  const hash = createHash('sha256').update(`${proof?.challenge}:${proof?.answer}`).digest();
  expect(hash.readUInt32BE(0) >>> 20).toBe(0);
});
