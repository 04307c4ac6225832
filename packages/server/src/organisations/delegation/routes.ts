import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../platform/context.ts';
import { requireActor } from '../../platform/http/actor.ts';
import { ok, send } from '../../platform/http/result.ts';
import { byAdministrator, byDepartment } from '../profile/routes.ts';
import { reaches, reachOf } from '../reach.ts';
import { notFound } from '../review-organisation.ts';
import { findOrganisation } from '../store.ts';
import { delegateDeputy, endDeputy } from './deputies.ts';
import { handOver } from './hand-over.ts';
import { administratorOf, deputiesOf, type Deputy, openWorkOf } from './store.ts';

const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Id = Type.Object({ id: Uuid });
const Who = Type.Union([
  Type.Object({ personId: Uuid }, strict),
  Type.Object(
    { login: Type.String({ minLength: 1, maxLength: 100 }), name: Type.String({ minLength: 1, maxLength: 50 }) },
    strict,
  ),
]);
const Reason = Type.String({ maxLength: 1000, default: '' });
const Delegation = Type.Object({ who: Who, until: Type.String({ format: 'date-time' }), reason: Reason }, strict);
const HandOver = Type.Object({ who: Who, reason: Reason }, strict);

const deputyAnswer = <T extends Deputy>({ grantedAt, deputyUntil, ...deputy }: T) => ({
  ...deputy,
  grantedAt: grantedAt.toISOString(),
  until: deputyUntil.toISOString(),
});

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;

  // Who administers an organisation now, and what is open: for itself and for the department that may have to name another.
  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id/administration',
    { config: { right: 'organisation.papers' }, schema: { params: Id } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const organisation = await findOrganisation(db, request.params.id);
      if (!organisation || !reaches(reachOf(actor.value, 'organisation.papers'), organisation))
        return send(reply, notFound());
      const administrator = await administratorOf(db, organisation.id);
      return send(
        reply,
        ok({
          ...(administrator && {
            administrator: {
              personId: administrator.personId,
              name: administrator.name,
              login: administrator.login,
              since: administrator.grantedAt.toISOString(),
              disabled: administrator.disabledAt !== null,
            },
          }),
          deputies: (await deputiesOf(db, organisation.id, request.receivedAt)).map(deputyAnswer),
          openWork: await openWorkOf(db, organisation.id),
        }),
      );
    },
  );

  app.post<{ Body: Static<typeof Delegation> }>(
    '/api/organisation/deputies',
    { config: { right: 'organisation.delegate' }, schema: { body: Delegation } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      const { until, ...asked } = request.body;
      const made = await delegateDeputy(context, by, { organisationId, ...asked, until: new Date(until) });
      return send(reply, made.ok ? ok(deputyAnswer(made.value)) : made, 201);
    },
  );
  app.delete<{ Params: Static<typeof Id> }>(
    '/api/organisation/deputies/:id',
    { config: { right: 'organisation.delegate' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      return send(reply, await endDeputy(context, by, { organisationId, personId: request.params.id }));
    },
  );
  app.post<{ Body: Static<typeof HandOver> }>(
    '/api/organisation/hand-over',
    { config: { right: 'organisation.delegate' }, schema: { body: HandOver } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      return send(reply, await handOver(context, by, { organisationId, ...request.body }));
    },
  );
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof HandOver> }>(
    '/api/organisations/:id/hand-over',
    { config: { right: 'organisation.appoint' }, schema: { params: Id, body: HandOver } },
    async (request, reply) => {
      const who = byDepartment(request);
      if (!who.ok) return send(reply, who);
      const { departmentIds, ...by } = who.value;
      return send(
        reply,
        await handOver(context, by, { organisationId: request.params.id, departmentIds, ...request.body }),
      );
    },
  );
};
