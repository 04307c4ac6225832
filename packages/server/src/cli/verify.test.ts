import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import qrcode from 'qrcode';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { signerWith } from '../platform/signing/index.ts';
import { run } from './verify.ts';

const CALL = 'liaoning-2026-international';
const signer = signerWith(generateKeyPairSync('ed25519').privateKey);
let directory: string;
let key: string;
let printed: string[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keshen-offline-'));
  key = join(directory, 'public.pem');
  await writeFile(key, signer.publicKey);
});
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rm(directory, { recursive: true }));

const urlFor = (change: object = {}, by = signer) =>
  `https://keji.example.cn/v/${by.tokenFor({
    kind: 'list',
    rehearsal: false,
    id: randomUUID(),
    hash: randomBytes(32).toString('hex'),
    call: CALL,
    ...change,
  })}`;
const verify = async (given: string, ...more: string[]) => {
  const code = await run([given, '--key', key, ...more]);
  return { code, text: printed.join('\n') };
};

test('a real list says its call and code, and asks to compare them with the paper', async () => {
  const { code, text } = await verify(urlFor());
  expect(code).toBe(0);
  for (const part of ['正式文件', '推荐清单', '2026年度辽宁省国际科技合作计划', '公钥指纹'])
    expect(text).toContain(part);
});

test.each([
  ['rehearsed', () => urlFor({ rehearsal: true }), [], '没有任何效力'],
  ['of another call', () => urlFor({ call: 'jiangsu-2026-international' }), ['--call', CALL], '江苏省'],
  [
    'of a call that is not known here',
    () => urlFor({ call: 'elsewhere-2030' }),
    ['--call', CALL],
    '本机没有的一份通知',
  ],
  ['forged', () => urlFor({}, signerWith(generateKeyPairSync('ed25519').privateKey)), [], '伪造或被改动'],
  ['somebody else’s', () => 'https://www.example.com/', [], '不是本系统的二维码'],
  ['the short code', () => 'https://keji.example.cn/v/ABCDEFGHJKMNPQRS', [], '短码不带签名'],
])('a code that is %s is not taken, each with its own words', async (_what, make, more, words) => {
  const { code, text } = await verify(make(), ...more);
  expect(code).toBe(1);
  expect(text).toContain(words);
});

test('a changed character is found', async () => {
  const url = urlFor();
  const at = url.length - 60;
  const { code, text } = await verify(url.slice(0, at) + (url[at] === '7' ? '8' : '7') + url.slice(at + 1));
  expect([code, text.includes('伪造或被改动')]).toEqual([1, true]);
});

test('a picture is read as well, and what is no key is told', async () => {
  const picture = join(directory, 'page.png');
  await writeFile(picture, await qrcode.toBuffer(urlFor(), { width: 600 }));
  expect((await verify(picture)).code).toBe(0);
  await expect(run([urlFor(), '--key', picture])).rejects.toThrow('不是 Ed25519 公钥');
  await expect(run([urlFor(), '--key', join(directory, 'none.pem')])).rejects.toThrow('读不到公钥');
  await expect(run([urlFor(), '--key', key, '--call', 'none'])).rejects.toThrow('没有“none”这份通知');
});
