import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { isReachable } from '../db/connect.ts';

export const routes = (app: FastifyInstance, { db, clock }: Context): void => {
  app.get('/health/live', { config: { right: 'public.read' } }, () => ({ status: 'live' }));
  app.get('/health/ready', { config: { right: 'public.read' } }, async (_request, reply) => {
    if (await isReachable(db)) return { status: 'ready' };
    return reply.code(503).send({ status: 'database unreachable' });
  });
  app.get('/api/clock', { config: { right: 'public.read' } }, () => ({ now: clock.now().toISOString() }));
};
