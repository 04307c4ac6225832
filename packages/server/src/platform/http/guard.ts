import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "frame-src 'self' blob:",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const HEADERS: Record<string, string> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

/** The policy of the single-page application: its component library puts style elements into the page, each with this nonce. */
export const contentSecurityPolicyWithNonce = (nonce: string): string =>
  CONTENT_SECURITY_POLICY.replace(
    "style-src 'self'",
    `style-src 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'`,
  );

/** Security headers on every answer, and no state change from another site. */
export function registerGuard(app: FastifyInstance, config: Config): void {
  const secure = config.publicUrl.startsWith('https:');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (secure) reply.header('strict-transport-security', 'max-age=31536000');
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (SAFE.has(request.method) || isSameSite(request, config)) return undefined;
    return reply.code(403).send({
      refusal: {
        code: 'cross_site',
        message: '这个请求不是从本系统的页面发出的，未予执行。',
        remedy: '请从本系统的页面操作；用程序调用接口时须带请求头 x-keshen: 1。',
      },
    });
  });
}

/** The own header cannot be set by a form or link of another site; Origin and Sec-Fetch-Site are the browser's own word. */
function isSameSite(request: FastifyRequest, config: Config): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (request.headers['x-keshen'] !== '1') return false;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || origin === config.publicUrl || URL.parse(origin)?.host === request.headers.host;
}
