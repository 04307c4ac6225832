import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { rateLimit } from '../platform/db/rate-limit.ts';
import { requestTrace, requireRole } from '../platform/http/actor.ts';
import { refused, send } from '../platform/http/result.ts';
import { examineHouse } from './examine-house.ts';
import { readHouse } from './read-house.ts';

/** The doctor reads everything there is: not more often than it is of use. */
const EXAMINATIONS_AN_HOUR = 6;

/** How the installation stands, for the system administrator. Nothing of an application is shown here. */
export const routes = (app: FastifyInstance, context: Context): void => {
  const tooOftenUntil = rateLimit(context.db, 'examineHouse', EXAMINATIONS_AN_HOUR, 3600_000);

  app.get('/api/house', { config: { right: 'house.read' } }, async (request, reply) => {
    const may = requireRole(request, 'systemAdministrator');
    return may.ok ? readHouse(context, request.receivedAt) : send(reply, may);
  });

  app.post('/api/house/examination', { config: { right: 'house.read' } }, async (request, reply) => {
    const may = requireRole(request, 'systemAdministrator');
    if (!may.ok) return send(reply, may);
    const until = await tooOftenUntil('house', request.receivedAt);
    if (until) {
      const message = `体检一小时至多${EXAMINATIONS_AN_HOUR}次：它要读全部数据。`;
      return send(reply, refused(429, { code: 'too_often', message, at: until.toISOString() }));
    }
    return examineHouse(context, { actor: may.value.actor, at: request.receivedAt, request: requestTrace(request) });
  });
};
