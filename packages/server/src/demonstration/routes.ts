import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/http/errors.ts';
import { listDemonstrationPeople } from './list-people.ts';

export const routes = (app: FastifyInstance, context: Context): void => {
  app.get('/api/demonstration', { config: { right: 'public.read' } }, async (request, reply) => {
    if (context.config.production) return notFound(request, reply);
    return { people: await listDemonstrationPeople(context) };
  });
};
