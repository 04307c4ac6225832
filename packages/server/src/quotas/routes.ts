import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, refused, type Result, send } from '../platform/http/result.ts';
import { adjustPlaces } from './adjust-places.ts';
import { readPlacesOfApplication } from './read-places-of-application.ts';
import { bonusOfDepartment, placesOfDepartment, placesOfOrganisation, placesOfRound } from './read-places.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Adjustment = Type.Object(
  {
    quota: Type.String({ minLength: 1, maxLength: 200 }),
    holder: Type.String({ minLength: 1, maxLength: 200 }),
    change: Type.Integer({ minimum: -1000, maximum: 1000 }),
    reason: Type.String({ maxLength: 2000 }),
  },
  { additionalProperties: false },
);
type WithId = { Params: Static<typeof Id> };

export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };

  /** What is left, as far as it concerns who asks: the officer sees all, a department and an organisation their own. */
  app.get<WithId>(
    '/api/rounds/:id/places',
    { config: { right: 'quota.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const round = await loadRound(context, request.params.id);
      const grants = who.value.actor.grants.filter(({ authorityId }) => authorityId === round?.round.authorityId);
      if (!round || grants.length === 0) {
        return send(reply, refused(404, { code: 'not_found', message: '没有这个申报通知。' }));
      }
      const reading = { db: context.db, round, reference: context.reference, at: who.value.at };
      if (grants.some(({ role }) => role === 'programmeOfficer')) return send(reply, ok(await placesOfRound(reading)));
      const departmentId = grants.find(({ role }) => role === 'recommendingDepartment')?.departmentId;
      if (departmentId) {
        return send(
          reply,
          ok({
            places: await placesOfDepartment(reading, departmentId),
            bonus: await bonusOfDepartment(reading, departmentId),
          }),
        );
      }
      const organisationId = grants.find((grant) => grant.organisationId)?.organisationId;
      return send(
        reply,
        ok(organisationId ? await placesOfOrganisation(reading, organisationId) : { places: [], bonus: [] }),
      );
    },
  );

  app.get<WithId>(
    '/api/applications/:id/places',
    { config: { right: 'application.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readPlacesOfApplication(context, who.value, request.params.id) : who);
    },
  );

  app.post<WithId & { Body: Static<typeof Adjustment> }>(
    '/api/rounds/:id/places/adjustments',
    { config: { right: 'quota.adjust', toldBy: 'useCase' }, schema: { params: Id, body: Adjustment } },
    async (request, reply) => {
      const who = by(request);
      const asked = { roundId: request.params.id, ...request.body };
      return send(reply, who.ok ? await adjustPlaces(context, who.value, asked) : who);
    },
  );
};
