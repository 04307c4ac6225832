import { STAGE_KEYS } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { sendPage } from '../platform/http/page.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { decideExtension } from './decide-extension.ts';
import { proposeExtension, type Proposal } from './propose-extension.ts';
import { readExtensions, viewOf } from './read-extensions.ts';
import { refusalProof } from './refusal-proof.ts';
import type { ExtensionRow } from './store.ts';

const strict = { additionalProperties: false };
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Instant = Type.String({ format: 'date-time' });
const Whom = Type.Union([
  Type.Object({ whom: Type.Literal('all') }, strict),
  Type.Object({ whom: Type.Literal('begun'), begunBy: Instant }, strict),
  Type.Object({ whom: Type.Literal('department'), departmentId: Type.String({ format: 'uuid' }) }, strict),
  Type.Object({ whom: Type.Literal('organisation'), uscc: Type.String({ minLength: 1, maxLength: 40 }) }, strict),
  Type.Object({ whom: Type.Literal('application'), number: Type.String({ minLength: 1, maxLength: 40 }) }, strict),
]);
const Body = Type.Object(
  {
    stage: Type.Union(STAGE_KEYS.map((stage) => Type.Literal(stage))),
    until: Instant,
    for: Whom,
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
const Refused = Type.Object({ id: Type.String({ format: 'uuid' }), event: Type.Integer({ minimum: 1 }) });
type WithId = { Params: Static<typeof Id> };

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };
  const viewed = async (who: By, result: Result<ExtensionRow>) => {
    if (!result.ok) return result;
    const round = await loadRound(context, result.value.roundId);
    if (!round) throw new Error(`extension ${result.value.id} has no round`);
    return ok(viewOf(result.value, round, who, true));
  };

  app.get<WithId>(
    '/api/rounds/:id/extensions',
    { config: { right: 'extension.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readExtensions(context, who.value, request.params.id) : who);
    },
  );
  app.post<WithId & { Body: Static<typeof Body> }>(
    '/api/rounds/:id/extensions',
    { config: { right: 'extension.propose', toldBy: 'useCase' }, schema: { params: Id, body: Body } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const proposed = await proposeExtension(context, who.value, proposalOf(request.params.id, request.body));
      return send(reply, await viewed(who.value, proposed), 201);
    },
  );
  app.get<{ Params: Static<typeof Refused> }>(
    '/api/applications/:id/refusals/:event/proof',
    { config: { right: 'application.read' }, schema: { params: Refused } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const page = await refusalProof(context, who.value, request.params);
      return page.ok ? sendPage(reply, page.value) : send(reply, page);
    },
  );
  app.post<WithId & { Body: Static<typeof Deciding> }>(
    '/api/extensions/:id/decision',
    { config: { right: 'extension.decide', toldBy: 'useCase' }, schema: { params: Id, body: Deciding } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const decision = { id: request.params.id, ...request.body };
      return send(reply, await viewed(who.value, await decideExtension(context, who.value, decision)));
    },
  );
};

function proposalOf(roundId: string, { stage, until, reason, for: wanted }: Static<typeof Body>): Proposal {
  return {
    roundId,
    stage,
    until: new Date(until),
    reason,
    for: wanted.whom === 'begun' ? { whom: 'begun', begunBy: new Date(wanted.begunBy) } : wanted,
  };
}
