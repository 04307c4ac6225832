import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { requireRole } from '../platform/http/actor.ts';
import { ok, refused, send } from '../platform/http/result.ts';
import { readOverview } from './read-overview.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const routes = (app: FastifyInstance, context: Context): void => {
  app.get<{ Params: Static<typeof Id> }>(
    '/api/rounds/:id/overview',
    { config: { right: 'round.overview' }, schema: { params: Id } },
    async (request, reply) => {
      const may = requireRole(request, 'programmeOfficer');
      if (!may.ok) return send(reply, may);
      const loaded = await loadRound(context, request.params.id);
      if (!loaded || loaded.round.authorityId !== may.value.grant.authorityId) {
        return send(reply, refused(404, { code: 'not_found', message: '没有这个申报通知。' }));
      }
      return send(reply, ok(await readOverview(context.db, loaded)));
    },
  );
};
