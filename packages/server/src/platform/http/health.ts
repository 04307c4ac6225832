import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { isReachable } from '../db/connect.ts';

export const routes = (app: FastifyInstance, { db, clock }: Context): void => {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    if (await isReachable(db)) return { status: 'ready' };
    return reply.code(503).send({ status: 'database unreachable' });
  });
  app.get('/api/clock', () => ({ now: clock.now().toISOString() }));
};
