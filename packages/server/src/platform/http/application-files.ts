import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { contentSecurityPolicyWithNonce } from './guard.ts';

/**
 * The built single-page application under /app: its files by name (their names carry a hash, so they are kept for ever), and the same
 * page for every other address. Its head names the nonce that style elements need.
 */
export async function registerApplicationFiles(app: FastifyInstance, webDir: string): Promise<void> {
  const assets = join(webDir, 'assets');
  if (existsSync(assets)) {
    await app.register(fastifyStatic, {
      root: assets,
      prefix: '/app/assets/',
      immutable: true,
      maxAge: '365d',
      index: false,
    });
  }
  const index = join(webDir, 'index.html');
  const page = (reply: FastifyReply): FastifyReply => {
    if (!existsSync(index))
      return reply.code(503).type('text/plain; charset=utf-8').send('网页还没有生成，请用 npm start 启动。');
    const nonce = randomBytes(16).toString('base64');
    const html = readFileSync(index, 'utf8').replace('</head>', `<meta name="csp-nonce" content="${nonce}" /></head>`);
    return reply
      .header('content-security-policy', contentSecurityPolicyWithNonce(nonce))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html);
  };
  app.get('/app', (_request, reply) => page(reply));
  app.get('/app/*', (_request, reply) => page(reply));
}
