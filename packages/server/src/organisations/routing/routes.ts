import { AFFILIATIONS, UNIVERSITY_LEVELS } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../platform/context.ts';
import { requireActor } from '../../platform/http/actor.ts';
import { ok, send } from '../../platform/http/result.ts';
import { reaches, reachOf } from '../reach.ts';
import { notFound } from '../review-organisation.ts';
import { findOrganisation, listAuthorities } from '../store.ts';
import { previewRouting, questionsOf, routingOf } from './preview.ts';
import { routableDepartments } from './store.ts';
import { RoutingFacts } from '../schemas.ts';

const Preview = Type.Object(
  {
    authorityId: Type.String({ minLength: 1, maxLength: 100 }),
    name: Type.String({ maxLength: 100, default: '' }),
    division: Type.String({ maxLength: 6, default: '' }),
    kind: Type.String({ maxLength: 50, default: '' }),
    legalPerson: Type.Boolean({ default: true }),
    ...RoutingFacts,
  },
  { additionalProperties: false },
);
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db, reference } = context;

  app.get('/api/authorities', { config: { right: 'public.read' } }, async () => {
    const items = [];
    for (const authority of await listAuthorities(db)) {
      const questions = await questionsOf(context, db, authority.id);
      items.push({
        ...authority,
        departments: await routableDepartments(db, authority.id),
        ...(questions && { routing: questions }),
      });
    }
    return {
      items,
      total: items.length,
      organisationKinds: reference.organisationKinds,
      affiliations: AFFILIATIONS,
      universityLevels: UNIVERSITY_LEVELS,
      divisions: reference.divisions,
    };
  });

  // Asked while a registration is being filled in, by somebody who has no account yet; it tells what the notices tell.
  app.post<{ Body: Static<typeof Preview> }>(
    '/api/routing',
    { config: { right: 'public.read' }, schema: { body: Preview } },
    async ({ body: { authorityId, ...given }, receivedAt: at }, reply) => {
      const facts = {
        affiliation: null,
        universityLevel: null,
        firstLevelBudget: null,
        supervisorId: null,
        zoneId: null,
        ...given,
      };
      return send(reply, ok(await previewRouting(context, db, { authorityId, facts, at })));
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id/routing',
    { config: { right: 'organisation.read' }, schema: { params: Id } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const organisation = await findOrganisation(db, request.params.id);
      if (!organisation || !reaches(reachOf(actor.value), organisation)) return send(reply, notFound());
      const items = await routingOf(context, db, organisation, request.receivedAt);
      return send(reply, ok({ items, total: items.length }));
    },
  );
};
