import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../platform/context.ts';
import { requireActor } from '../../platform/http/actor.ts';
import { ok, send } from '../../platform/http/result.ts';
import { byAdministrator, byDepartment } from '../profile/routes.ts';
import { reaches, reachOf } from '../reach.ts';
import { notFound } from '../review-organisation.ts';
import { Documents } from '../schemas.ts';
import { findOrganisation } from '../store.ts';
import { decidePlatform } from './decide-platform.ts';
import { PLATFORM_KINDS, requestPlatform, withdrawPlatform } from './request-platform.ts';
import { openPlatformsFor, type PlatformRow, platformsOf } from './store.ts';

const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Asked = Type.Object(
  {
    kind: Text(50),
    name: Text(100),
    number: Type.String({ maxLength: 100, default: '' }),
    confirmedByAuthority: Text(100),
    confirmedOn: Text(10),
    ongoingCooperation: Type.Boolean(),
    documents: Documents,
  },
  strict,
);
const Note = Type.Object({ note: Type.Optional(Type.String({ maxLength: 1000 })) }, strict);
const Reason = Type.Object({ reason: Type.String({ maxLength: 1000 }) }, strict);

const platformAnswer = ({
  requestedAt,
  decidedAt,
  authorityId: _a,
  requestedBy: _r,
  decidedBy: _d,
  ...platform
}: PlatformRow) => ({
  ...platform,
  kindLabel: PLATFORM_KINDS[platform.kind] ?? platform.kind,
  requestedAt: requestedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id/platforms',
    { config: { right: 'organisation.read' }, schema: { params: Id } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const organisation = await findOrganisation(db, request.params.id);
      if (!organisation || !reaches(reachOf(actor.value), organisation)) return send(reply, notFound());
      const items = (await platformsOf(db, organisation.id)).map(platformAnswer);
      const kinds = Object.entries(PLATFORM_KINDS).map(([value, label]) => ({ value, label }));
      return send(reply, ok({ items, total: items.length, kinds }));
    },
  );

  app.post<{ Body: Static<typeof Asked> }>(
    '/api/organisation/platforms',
    { config: { right: 'organisation.ask' }, schema: { body: Asked } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      const asked = await requestPlatform(context, by, { organisationId, ...request.body });
      return send(reply, asked.ok ? ok(platformAnswer(asked.value)) : asked, 201);
    },
  );
  app.post<{ Params: Static<typeof Id> }>(
    '/api/organisation/platforms/:id/withdraw',
    { config: { right: 'organisation.ask' }, schema: { params: Id } },
    async (request, reply) => {
      const who = byAdministrator(request);
      if (!who.ok) return send(reply, who);
      const { organisationId, ...by } = who.value;
      return send(reply, await withdrawPlatform(context, by, { organisationId, id: request.params.id }));
    },
  );

  app.get('/api/hosted-platforms', { config: { right: 'organisation.decide' } }, async (request, reply) => {
    const who = byDepartment(request);
    if (!who.ok) return send(reply, who);
    const items = (await openPlatformsFor(db, who.value.departmentIds)).map(platformAnswer);
    return send(reply, ok({ items, total: items.length }));
  });

  const decide = async (request: FastifyRequest, id: string, decision: 'confirmed' | 'declined', note: string) => {
    const who = byDepartment(request);
    if (!who.ok) return who;
    const { departmentIds, ...by } = who.value;
    const decided = await decidePlatform(context, by, { id, decision, note, departmentIds });
    return decided.ok ? ok(platformAnswer(decided.value)) : decided;
  };
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Note> }>(
    '/api/hosted-platforms/:id/confirm',
    { config: { right: 'organisation.decide' }, schema: { params: Id, body: Note } },
    async (request, reply) =>
      send(reply, await decide(request, request.params.id, 'confirmed', request.body.note ?? '')),
  );
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reason> }>(
    '/api/hosted-platforms/:id/decline',
    { config: { right: 'organisation.decide' }, schema: { params: Id, body: Reason } },
    async (request, reply) => send(reply, await decide(request, request.params.id, 'declined', request.body.reason)),
  );
};
