import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ at: '2026-04-01T09:00:00+08:00' });
});
afterAll(() => server.close());

test('says that it is ready once the database answers', async () => {
  expect((await server.visitor({ url: '/health/ready' })).statusCode).toBe(200);
});

test('tells the time of the server, not of the browser', async () => {
  expect((await server.visitor({ url: '/api/clock' })).json()).toEqual({ now: '2026-04-01T01:00:00.000Z' });
});

test('every answer carries the security headers', async () => {
  const { headers } = await server.visitor({ url: '/health/live' });
  expect(headers['content-security-policy']).toContain("default-src 'self'");
  expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('an unknown address is refused in Chinese', async () => {
  const response = await server.visitor({ url: '/api/nothing' });
  expect(response.statusCode).toBe(404);
  expect(response.json().refusal.message).toContain('没有这个地址');
});

test.each([
  ['without the own header', { 'x-keshen': '0' }],
  ['from another site', { 'sec-fetch-site': 'cross-site' }],
  ['from another origin', { origin: 'https://evil.example' }],
])('a state change %s is refused', async (_how, headers) => {
  const response = await server.visitor({ method: 'POST', url: '/api/session', headers, payload: {} });
  expect(response.statusCode).toBe(403);
  expect(response.json().refusal.code).toBe('cross_site');
});
