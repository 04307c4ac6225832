import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { assert, property, uint8Array } from 'fast-check';
import qrcode from 'qrcode';
import { expect, test } from 'vitest';
import { fromBase32, toBase32 } from './base32.ts';
import { callMarkOf, signerWith } from './signer.ts';
import { readVersionCode, versionCode } from './version-code.ts';

const signer = signerWith(generateKeyPairSync('ed25519').privateKey);
const printed = () => ({
  kind: 'list' as const,
  rehearsal: true,
  id: randomUUID(),
  hash: randomBytes(32).toString('hex'),
  call: 'liaoning-2026-international',
});

test('base 32 gives every byte back', () => {
  assert(
    property(uint8Array({ maxLength: 120 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('a token says what was printed', () => {
  const { call, ...what } = printed();
  expect(signer.open(signer.tokenFor({ ...what, call }))).toEqual({
    ...what,
    hash: what.hash.slice(0, 32),
    callMark: callMarkOf(call),
  });
});

test('no token with a character changed is genuine, nor one of another installation', () => {
  const token = signer.tokenFor(printed());
  for (let at = 0; at < token.length - 1; at++) {
    const other = token[at] === '7' ? '8' : '7';
    expect(signer.open(token.slice(0, at) + other + token.slice(at + 1)), `character ${at}`).toBeUndefined();
  }
  expect(signerWith(generateKeyPairSync('ed25519').privateKey).open(token)).toBeUndefined();
  expect(signer.open('')).toBeUndefined();
  expect(signer.open('登录')).toBeUndefined();
});

test('a QR with the address in front stays within version 10', () => {
  const url = `https://keji.some-province.gov.cn/v/${signer.tokenFor(printed())}`;
  expect(qrcode.create(url, { errorCorrectionLevel: 'M' }).version).toBeLessThanOrEqual(10);
});

test('a version code is sixteen characters in groups of four and survives being typed', () => {
  const code = versionCode(randomBytes(32).toString('hex'));
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(
    readVersionCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `),
  ).toBe(code);
  expect(readVersionCode('ABCD-EFGH')).toBeUndefined();
});
