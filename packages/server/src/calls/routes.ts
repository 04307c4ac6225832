import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor, requireRole } from '../platform/http/actor.ts';
import { ok, send } from '../platform/http/result.ts';
import { clearRehearsal, noRound, restartRehearsal } from './change-rehearsal.ts';
import { definitionOf } from './definition.ts';
import { loadRound } from './round.ts';
import { countApplicationsOf, listRounds } from './store.ts';
import { viewRound } from './view-round.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Confirmation = Type.Object({ confirm: Type.String({ maxLength: 200 }) }, { additionalProperties: false });

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;

  app.get('/api/rounds', { config: { right: 'round.read' } }, async (request, reply) => {
    const actor = requireActor(request);
    if (!actor.ok) return send(reply, actor);
    const authorityIds = actor.value.grants.flatMap(({ authorityId }) => authorityId ?? []);
    const mine = await countApplicationsOf(db, actor.value.personId);
    const items = [];
    for (const { id } of await listRounds(db, authorityIds)) {
      const loaded = await loadRound(context, id);
      if (loaded) items.push({ ...viewRound(loaded, request.receivedAt), applicationsMine: mine.get(id) ?? 0 });
    }
    return { items, total: items.length };
  });

  app.get<{ Params: Static<typeof Id> }>(
    '/api/rounds/:id/definition',
    { config: { right: 'round.read' }, schema: { params: Id } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const loaded = await loadRound(context, request.params.id);
      if (!loaded || !actor.value.grants.some(({ authorityId }) => authorityId === loaded.round.authorityId)) {
        return send(reply, noRound());
      }
      const { etag, body } = definitionOf(loaded, context.reference);
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(body);
    },
  );

  app.post<{ Params: Static<typeof Id> }>(
    '/api/rounds/:id/rehearsal/restart',
    { config: { right: 'round.rehearse' }, schema: { params: Id } },
    async (request, reply) => {
      const may = requireRole(request, 'programmeOfficer');
      if (!may.ok) return send(reply, may);
      const { actor, grant } = may.value;
      const result = await restartRehearsal(context, actor, {
        roundId: request.params.id,
        authorityId: grant.authorityId,
        at: request.receivedAt,
        request: requestTrace(request),
      });
      if (!result.ok) return send(reply, result);
      const loaded = await loadRound(context, request.params.id);
      return send(reply, loaded ? ok(viewRound(loaded, request.receivedAt)) : noRound());
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Confirmation> }>(
    '/api/rounds/:id/rehearsal/clear',
    { config: { right: 'round.rehearse' }, schema: { params: Id, body: Confirmation } },
    async (request, reply) => {
      const may = requireRole(request, 'programmeOfficer');
      if (!may.ok) return send(reply, may);
      const { actor, grant } = may.value;
      return send(
        reply,
        await clearRehearsal(context, actor, {
          roundId: request.params.id,
          authorityId: grant.authorityId,
          confirm: request.body.confirm,
          at: request.receivedAt,
          request: requestTrace(request),
        }),
      );
    },
  );
};
