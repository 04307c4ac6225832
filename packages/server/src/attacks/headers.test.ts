import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    env: { PUBLIC_URL: 'https://keshen.example.cn', TRUSTED_PROXIES: '10.0.0.1' },
  });
  await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

test('over https browsers are told to stay there', async () => {
  const { headers } = await server.visitor({ url: '/' });
  expect(headers['strict-transport-security']).toBe('max-age=31536000');
});

test('no other site is let in: there is no CORS header, whoever asks', async () => {
  for (const method of ['GET', 'OPTIONS'] as const) {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await server.visitor({ method, url: '/api/session', headers });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('the application page allows no inline script, and each time another nonce for its styles', async () => {
  const [one, two] = await Promise.all([server.visitor({ url: '/app/' }), server.visitor({ url: '/app/' })]);
  const policy = String(one.headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(
    one.headers['content-security-policy'] === two.headers['content-security-policy'] && one.statusCode === 200,
  ).toBe(false);
});

test('no other site may frame a page, and an address tells nothing to other sites', async () => {
  const { headers } = await server.visitor({ url: '/' });
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  expect(headers['referrer-policy']).toBe('same-origin');
});

test('answers of the interface are not kept by browsers and proxies', async () => {
  for (const url of ['/api/session', '/api/clock', '/api/nothing']) {
    expect((await server.visitor({ url })).headers['cache-control'], url).toBe('no-store');
  }
});

test('a forwarded address is believed from a known proxy only', async () => {
  const signIn = (remoteAddress: string, forwarded: string) =>
    server.app.inject({
      method: 'POST',
      url: '/api/session',
      remoteAddress,
      headers: { 'x-keshen': '1', 'x-forwarded-for': forwarded },
      payload: { login: 'nobody', password: 'wrong-password' },
    });
  await signIn('203.0.113.9', '198.51.100.1');
  await signIn('10.0.0.1', '198.51.100.2');
  const rows = await server.context.db.selectFrom('signInAttempt').select('address').orderBy('id').execute();
  expect(rows.map(({ address }) => address)).toEqual(['203.0.113.9', '198.51.100.2']);
});

test('TRACE is not answered', async () => {
  const { port } = server.app.server.address() as AddressInfo;
  const said = await new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('TRACE /api/session HTTP/1.1\r\nHost: x\r\nCookie: secret=1\r\nConnection: close\r\n\r\n');
    });
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('close', () => resolve(heard));
  });
  expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(said).not.toContain('secret=1');
});
