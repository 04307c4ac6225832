import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const root = fileURLToPath(new URL('../../../public', import.meta.url));

/** Style sheet and mark of the server-rendered pages. */
export async function registerPublicFiles(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root, prefix: '/assets/', decorateReply: false, index: false, maxAge: '1h' });
}
