import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, refused, type Result, send } from '../platform/http/result.ts';
import { decideLockedChange } from './decide-change.ts';
import { proposeChange } from './propose-change.ts';
import { LOCKED_FIELDS, readChanges } from './read-changes.ts';

const strict = { additionalProperties: false };
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Change = Type.Object(
  {
    field: Type.Union(LOCKED_FIELDS.map((field) => Type.Literal(field))),
    after: Type.String({ maxLength: 500 }),
    reason: Type.String({ maxLength: 2000 }),
  },
  strict,
);
const Deciding = Type.Object(
  {
    decision: Type.Union([Type.Literal('approved'), Type.Literal('declined')]),
    note: Type.String({ maxLength: 2000, default: '' }),
  },
  strict,
);
type WithId = { Params: Static<typeof Id> };

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };

  app.get<WithId>(
    '/api/applications/:id/locked-changes',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readChanges(context, who.value, request.params.id) : who);
    },
  );

  /** Every clause in words, for whoever names those that an application does not meet. */
  app.get<WithId>(
    '/api/rounds/:id/clauses',
    { config: { right: 'round.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const round = await loadRound(context, request.params.id);
      if (!round) return send(reply, refused(404, { code: 'not_found', message: '没有这个申报通知。' }));
      return send(reply, ok({ items: round.compiled.clauses.map(({ id, at, text }) => ({ id, at, text })) }));
    },
  );

  app.post<WithId & { Body: Static<typeof Change> }>(
    '/api/applications/:id/locked-changes',
    { config: { right: 'application.changeAfterAdmission', toldBy: 'useCase' }, schema: { params: Id, body: Change } },
    async (request, reply) => {
      const who = by(request);
      const asked = { applicationId: request.params.id, ...request.body };
      return send(reply, who.ok ? await proposeChange(context, who.value, asked) : who);
    },
  );

  app.post<WithId & { Body: Static<typeof Deciding> }>(
    '/api/locked-changes/:id/decision',
    {
      config: { right: 'application.changeAfterAdmission', toldBy: 'useCase' },
      schema: { params: Id, body: Deciding },
    },
    async (request, reply) => {
      const who = by(request);
      const decision = { id: request.params.id, ...request.body };
      return send(reply, who.ok ? await decideLockedChange(context, who.value, decision) : who);
    },
  );
};
