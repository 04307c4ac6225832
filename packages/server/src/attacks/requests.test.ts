import { connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
let port: number;
beforeAll(async () => {
  server = await startTestServer();
  // The limits of the real server (300 s), a thousand times faster.
  server.app.server.requestTimeout = 300;
  server.app.server.headersTimeout = 300;
  (server.app.server as unknown as { connectionsCheckingInterval: number }).connectionsCheckingInterval = 50;
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  port = (server.app.server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Sends raw bytes and answers with all that comes back until the server closes. */
const raw = (...parts: (string | Buffer)[]): Promise<string> =>
  new Promise((resolve) => {
    let said = '';
    const socket: Socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    const done = () => {
      socket.destroy();
      resolve(said);
    };
    socket.on('data', (data) => (said += data.toString()));
    socket.on('close', done);
    socket.on('error', done);
    socket.setTimeout(8000, done);
  });

const post = (headers: Record<string, string>, payload: string) =>
  server.visitor({
    method: 'POST',
    url: '/api/session',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

test('headers of 64 KiB are refused before anything is done with them', async () => {
  const said = await raw(`GET /api/clock HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(65_536)}\r\n\r\n`);
  expect(said).toMatch(/^HTTP\/1\.1 431 /);
});

test('a body that says that it is larger than a mebibyte is refused without being read', async () => {
  const said = await raw(
    'POST /api/session HTTP/1.1\r\nHost: x\r\nx-keshen: 1\r\nConnection: close\r\n',
    'Content-Type: application/json\r\nContent-Length: 10485760\r\n\r\n{',
  );
  expect(said).toMatch(/^HTTP\/1\.1 413 /);
  expect(said).toContain('提交的内容太大');
});

test('a body that trickles in is cut off (slow bodies)', async () => {
  const began = performance.now();
  const said = await raw(
    'POST /api/session HTTP/1.1\r\nHost: x\r\nx-keshen: 1\r\n',
    'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"log',
  );
  expect(said).toMatch(/^(HTTP\/1\.1 408 |$)/);
  expect(performance.now() - began).toBeLessThan(6000);
});

test('headers that trickle in are cut off as well', async () => {
  expect(await raw('GET /api/clock HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^(HTTP\/1\.1 408 |$)/);
});

test('the real limits are those that were tested: 300 s for a request, 1 MiB for a body', async () => {
  const other = await startTestServer();
  expect(other.app.server.requestTimeout).toBe(300_000);
  expect(other.app.initialConfig.bodyLimit).toBe(1024 * 1024);
  await other.close();
});

test.each([
  ['a length and chunks at once', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
  ['a length that is no number', 'Content-Length: -1\r\n\r\n'],
])('a request with %s is not guessed at (request smuggling)', async (_what, rest) => {
  expect(await raw(`POST /api/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${rest}`)).toMatch(
    /^HTTP\/1\.1 400 /,
  );
});

test.each([
  ['half an object', '{"login":'],
  ['a number alone', '7'],
  ['nothing', ''],
  ['a list', '[]'],
  ['a prototype', '{"__proto__":{"admin":true},"login":"a","password":"b"}'],
  ['a constructor', '{"constructor":{"prototype":{"admin":true}},"login":"a","password":"b"}'],
  ['a key twice', '{"login":{},"login":[],"password":"b"}'],
  ['100,000 brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).toString('latin1')],
])('malformed JSON (%s) is answered in Chinese with 400', async (_what, payload) => {
  const answer = await post({}, payload);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().refusal.message).toMatch(/\p{Script=Han}/u);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
  'a body of type %s is not taken: no form of another site can send one that is',
  async (type) => {
    expect((await post({ 'content-type': type }, 'login=a&password=b')).statusCode).toBe(415);
  },
);

test.each([
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%2f..%2fpackage.json',
  '/app/assets/..%5c..%5cpackage.json',
  '/assets/....//package.json',
  '/assets/%252e%252e/package.json',
  '/app/assets/%00',
  '/assets//etc/passwd',
])('a path that climbs (%s) reaches no file outside', async (path) => {
  const said = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(said).not.toContain('"version"');
  expect(said).not.toContain('root:x:');
  expect(said).not.toMatch(/^HTTP\/1\.1 (200|5\d\d) (?!.*text\/html)/);
});
