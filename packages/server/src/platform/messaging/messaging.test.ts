import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../config.ts';
import { openCarriers } from './index.ts';
import { openSmsGateway } from './sms-gateway.ts';

let status = 200;
const posted: { headers: IncomingMessage['headers']; body: { id: string; to: string; text: string } }[] = [];
const gateway = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    posted.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString() || '{}') });
    response.writeHead(status).end('gateway says');
  });
});
let address: string;
let tokenFile: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    gateway.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`;
  tokenFile = join(await mkdtemp(join(tmpdir(), 'keshen-sms-')), 'token');
  await writeFile(tokenFile, 'secret-token\n');
});
afterAll(
  () =>
    new Promise((resolve) => {
      gateway.close(resolve);
    }),
);

const message = { id: 'b1d0', to: '13800000000', subject: '', text: '【科申】单位退回修改' };

test('a text message is posted with its id as the key and the token of the gateway', async () => {
  status = 202;
  const sms = await openSmsGateway({ address, tokenFile });
  expect(await sms.send(message)).toEqual({ taken: true });
  expect(posted[0]).toMatchObject({
    headers: { authorization: 'Bearer secret-token', 'idempotency-key': 'b1d0' },
    body: { id: 'b1d0', to: '13800000000', text: '【科申】单位退回修改' },
  });
});

test.each([
  [422, 'address'],
  [400, 'refused'],
  [429, 'later'],
  [503, 'down'],
])('the gateway answers %d: %s', async (answer, because) => {
  status = answer;
  const sms = await openSmsGateway({ address, tokenFile });
  expect(await sms.send(message)).toMatchObject({ taken: false, because });
});

test('a gateway or a mail server that is not there is down, and the check says so', async () => {
  const settings = { KESHEN_SMTP_URL: 'smtp://127.0.0.1:1', KESHEN_MAIL_FROM: 'a@example.cn' };
  const sms = { KESHEN_SMS_URL: 'http://127.0.0.1:1/send', KESHEN_SMS_TOKEN_FILE: tokenFile };
  const carriers = await openCarriers(readConfig({ ...settings, ...sms }).messaging, 'http://localhost');
  for (const carrier of Object.values(carriers)) {
    expect(await carrier.send(message)).toMatchObject({ taken: false, because: 'down' });
    expect(await carrier.check()).toContain('127.0.0.1:1');
    carrier.close();
  }
});

const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://keshen.example.cn', KESHEN_MASTER_KEY_FILE: '/k' };
test.each([
  [{ KESHEN_SMTP_URL: 'http://mail.example.cn' }, 'smtp://'],
  [{ KESHEN_SMTP_URL: 'smtp://user:password@mail.example.cn' }, 'KESHEN_SMTP_PASSWORD_FILE'],
  [{ KESHEN_SMTP_URL: 'smtp://mail.example.cn' }, 'KESHEN_MAIL_FROM'],
  [{ KESHEN_SMTP_URL: 'smtp://user@mail.example.cn', KESHEN_MAIL_FROM: 'a@example.cn' }, 'KESHEN_SMTP_PASSWORD_FILE'],
  [{ KESHEN_SMS_URL: 'https://sms.example.cn/send' }, 'KESHEN_SMS_TOKEN_FILE'],
  [{ ...production, KESHEN_SMS_URL: 'http://sms.example.cn', KESHEN_SMS_TOKEN_FILE: '/t' }, 'https://'],
])('%o is refused and named', (env, name) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(name);
});

test('in production mail over the network is encrypted or not sent', () => {
  const mail = { KESHEN_SMTP_URL: 'smtp://mail.example.cn', KESHEN_MAIL_FROM: '科申 <a@example.cn>' };
  expect(readConfig({ ...production, ...mail }).messaging.mail).toMatchObject({ port: 587, mustEncrypt: true });
  expect(readConfig(mail).messaging.mail).toMatchObject({ mustEncrypt: false });
});
