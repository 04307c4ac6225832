import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { readHistory, readRevision } from './read-history.ts';

const Uuid = Type.String({ format: 'uuid' });
const Id = Type.Object({ id: Uuid });
const Revision = Type.Object({
  id: Uuid,
  section: Type.String({ minLength: 1, maxLength: 200 }),
  revision: Type.Integer({ minimum: 0 }),
});

const byOf = (request: FastifyRequest): Result<By> => {
  const actor = requireActor(request);
  return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
};

export const routes = (app: FastifyInstance, context: Context): void => {
  app.get<{ Params: Static<typeof Id> }>(
    '/api/applications/:id/sittings',
    { schema: { params: Id } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await readHistory(context, who.value, request.params.id) : who);
    },
  );

  app.get<{ Params: Static<typeof Revision> }>(
    '/api/applications/:id/sections/:section/revisions/:revision',
    { schema: { params: Revision } },
    async (request, reply) => {
      const who = byOf(request);
      return send(reply, who.ok ? await readRevision(context, who.value, request.params) : who);
    },
  );
};
