import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { notFound } from '../platform/http/errors.ts';
import { sendPage } from '../platform/http/page.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { announceDraw } from './announce-draw.ts';
import { drawSpotCheck } from './draw-spot-check.ts';
import { spotCheckPage } from './pages.ts';
import { readSpotChecks } from './read-spot-checks.ts';
import { findSpotCheck } from './store.ts';

const strict = { additionalProperties: false };
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Announcement = Type.Object(
  { percent: Type.Integer({ minimum: 1, maximum: 100 }), publicSource: Type.String({ maxLength: 500 }) },
  strict,
);
const Draw = Type.Object({ publicValue: Type.String({ maxLength: 200 }) }, strict);
type WithId = { Params: Static<typeof Id> };

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };

  app.get<WithId>(
    '/api/rounds/:id/spot-checks',
    { config: { right: 'round.spotCheck' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readSpotChecks(context, who.value, request.params.id) : who);
    },
  );

  app.post<WithId & { Body: Static<typeof Announcement> }>(
    '/api/rounds/:id/spot-checks',
    { config: { right: 'round.spotCheck' }, schema: { params: Id, body: Announcement } },
    async (request, reply) => {
      const who = by(request);
      const asked = { roundId: request.params.id, ...request.body };
      return send(reply, who.ok ? await announceDraw(context, who.value, asked) : who, 201);
    },
  );

  app.post<WithId & { Body: Static<typeof Draw> }>(
    '/api/spot-checks/:id/draw',
    { config: { right: 'round.spotCheck' }, schema: { params: Id, body: Draw } },
    async (request, reply) => {
      const who = by(request);
      const draw = { id: request.params.id, ...request.body };
      return send(reply, who.ok ? await drawSpotCheck(context, who.value, draw) : who);
    },
  );

  app.get<WithId>(
    '/spot-checks/:id',
    { config: { right: 'public.read' }, schema: { params: Id, hide: true } },
    async (request, reply) => {
      const check = await findSpotCheck(context.db, request.params.id);
      const round = check && (await loadRound(context, check.roundId));
      if (!check || !round) return notFound(request, reply);
      return sendPage(
        reply,
        spotCheckPage(check, { title: round.compiled.title, rehearsal: round.mode === 'rehearsal' }),
      );
    },
  );

  /** The numbers that were drawn from, one a line, as the command reads them. */
  app.get<WithId>(
    '/spot-checks/:id/numbers.txt',
    { config: { right: 'public.read' }, schema: { params: Id, hide: true } },
    async (request, reply) => {
      const check = await findSpotCheck(context.db, request.params.id);
      if (!check?.population) return notFound(request, reply);
      return reply
        .type('text/plain; charset=utf-8')
        .header('content-disposition', 'attachment; filename="numbers.txt"')
        .send(`${check.population.join('\n')}\n`);
    },
  );
};
