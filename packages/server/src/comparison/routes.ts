import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { send } from '../platform/http/result.ts';
import { compareVersions } from './compare-versions.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
/** A submitted version by its number, or what the application holds now. */
const Version = Type.Optional(Type.String({ pattern: '^(current|[1-9][0-9]{0,4})$' }));
const Query = Type.Object({ from: Version, to: Version });

export const routes = (app: FastifyInstance, context: Context): void => {
  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof Query> }>(
    '/api/applications/:id/compare',
    { config: { right: 'application.read' }, schema: { params: Id, querystring: Query } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const by = { actor: actor.value, at: request.receivedAt, request: requestTrace(request) };
      return send(reply, await compareVersions(context, by, { id: request.params.id, ...request.query }));
    },
  );
};
