import { officialInstant } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { type Actor, requestTrace, requireActor, requireRole } from '../platform/http/actor.ts';
import { Paging } from '../platform/http/paging.ts';
import { rateLimit } from '../platform/db/rate-limit.ts';
import { ok, refused, send } from '../platform/http/result.ts';
import { masked } from '../platform/secrets/index.ts';
import { routes as delegation } from './delegation/routes.ts';
import { routes as documents } from './documents/routes.ts';
import { departmentsOf, routes as profile } from './profile/routes.ts';
import { routes as platforms } from './platforms/routes.ts';
import { routes as routing } from './routing/routes.ts';
import { Documents, RoutingFacts } from './schemas.ts';
import { changeAccount, type AccountChange } from './change-account.ts';
import { handOutAccount } from './hand-out-account.ts';
import { reaches, reachOf } from './reach.ts';
import { registerOrganisation } from './register-organisation.ts';
import { notFound, reviewOrganisation } from './review-organisation.ts';
import * as store from './store.ts';

const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Registration = Type.Object(
  {
    authorityId: Text(100),
    departmentId: Type.Optional(Type.String({ format: 'uuid' })),
    uscc: Text(40),
    name: Text(100),
    kind: Text(50),
    legalPerson: Type.Boolean(),
    registeredOn: Text(10),
    division: Text(6),
    address: Type.String({ maxLength: 200 }),
    legalRepresentative: Text(50),
    contactName: Text(50),
    contactPhone: Text(30),
    ...RoutingFacts,
    documents: Documents,
    administrator: Type.Object({ login: Text(100), name: Text(50), password: Text(500) }, strict),
  },
  strict,
);
const List = Type.Object({
  ...Paging,
  state: Type.Optional(Type.Union([Type.Literal('pending'), Type.Literal('approved'), Type.Literal('rejected')])),
});
const Note = Type.Object({ note: Type.Optional(Type.String({ maxLength: 1000 })) }, strict);
const Reason = Type.Object({ reason: Type.String({ maxLength: 1000 }) }, strict);
const Account = Type.Object(
  {
    login: Text(100),
    name: Text(50),
    idNumber: Type.Optional(Text(30)),
    by: Type.Union([Type.Literal('link'), Type.Literal('temporaryPassword')], { default: 'link' }),
    role: Type.Union([Type.Literal('applicant'), Type.Literal('organisationReviewer')], { default: 'applicant' }),
  },
  strict,
);
const Reset = Type.Object({ withoutSecondFactor: Type.Boolean({ default: false }) }, strict);

const REGISTRATIONS_AN_HOUR = 30;

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;
  for (const part of [routing, documents, profile, platforms, delegation]) part(app, context);
  const tooManyUntil = rateLimit(db, 'registerOrganisation', REGISTRATIONS_AN_HOUR, 3600_000);

  app.post<{ Body: Static<typeof Registration> }>(
    '/api/organisations',
    { config: { right: 'organisation.register' }, schema: { body: Registration } },
    async (request, reply) => {
      const until = await tooManyUntil(request.ip, request.receivedAt);
      if (until) {
        const message = `从这个网络地址提交的注册太多，请在${officialInstant(until.getTime())}以后再试。`;
        return send(reply, refused(429, { code: 'too_many_registrations', message, at: until.toISOString() }));
      }
      const trace = requestTrace(request);
      return send(reply, await registerOrganisation(context, request.body, request.receivedAt, trace), 201);
    },
  );

  app.get<{ Querystring: Static<typeof List> }>(
    '/api/organisations',
    { config: { right: 'organisation.read' }, schema: { querystring: List } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const { items, total } = await store.listOrganisations(db, reachOf(actor.value), request.query);
      return { items: items.map((one) => toAnswer(one, actor.value)), total };
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisations/:id',
    { config: { right: 'organisation.read' }, schema: { params: Id } },
    async (request, reply) => {
      const actor = requireActor(request);
      if (!actor.ok) return send(reply, actor);
      const organisation = await store.findOrganisation(db, request.params.id);
      const visible = organisation && reaches(reachOf(actor.value), organisation);
      return send(reply, visible ? ok(toAnswer(organisation, actor.value)) : notFound());
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Note> }>(
    '/api/organisations/:id/approve',
    { config: { right: 'organisation.review' }, schema: { params: Id, body: Note } },
    (request, reply) => review(request, reply, 'approved', request.body.note ?? ''),
  );
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reason> }>(
    '/api/organisations/:id/reject',
    { config: { right: 'organisation.review' }, schema: { params: Id, body: Reason } },
    (request, reply) => review(request, reply, 'rejected', request.body.reason),
  );

  const review = async (
    request: Parameters<typeof requireRole>[0] & { params: Static<typeof Id> },
    reply: Parameters<typeof send>[0],
    decision: 'approved' | 'rejected',
    note: string,
  ) => {
    const may = requireRole(request, 'recommendingDepartment');
    if (!may.ok) return send(reply, may);
    const result = await reviewOrganisation(context, may.value.actor, departmentsOf(may.value.actor), {
      organisationId: request.params.id,
      decision,
      note,
      at: request.receivedAt,
      request: requestTrace(request),
    });
    return send(reply, result.ok ? ok(toAnswer(result.value, may.value.actor)) : result);
  };

  app.get('/api/organisation/people', { config: { right: 'person.read' } }, async (request, reply) => {
    const may = requireRole(request, 'organisationAdministrator');
    if (!may.ok) return send(reply, may);
    const items = await store.listPeople(db, may.value.grant.organisationId ?? '');
    return { items, total: items.length };
  });

  app.post<{ Body: Static<typeof Account> }>(
    '/api/organisation/people',
    { config: { right: 'person.handOut' }, schema: { body: Account } },
    async (request, reply) => {
      const may = requireRole(request, 'organisationAdministrator');
      if (!may.ok) return send(reply, may);
      const account = { ...request.body, at: request.receivedAt };
      return send(
        reply,
        await handOutAccount(context, may.value.actor, may.value.grant.organisationId ?? '', account),
        201,
      );
    },
  );

  for (const what of ['disable', 'enable'] as const) {
    app.post<{ Params: Static<typeof Id> }>(
      `/api/organisation/people/:id/${what}`,
      { config: { right: 'person.change' }, schema: { params: Id } },
      (request, reply) => change(request, reply, { what }),
    );
  }
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reset> }>(
    '/api/organisation/people/:id/reset-password',
    { config: { right: 'person.change' }, schema: { params: Id, body: Reset } },
    (request, reply) => change(request, reply, { what: 'resetPassword', ...request.body }),
  );

  const change = async (
    request: Parameters<typeof requireRole>[0] & { params: Static<typeof Id> },
    reply: Parameters<typeof send>[0],
    what: AccountChange,
  ) => {
    const may = requireRole(request, 'organisationAdministrator');
    if (!may.ok) return send(reply, may);
    const { actor, grant } = may.value;
    const given = { ...what, personId: request.params.id, at: request.receivedAt };
    return send(reply, await changeAccount(context, actor, grant.organisationId ?? '', given));
  };
};

/** The phone of the contact stands in full for the organisation itself, in part for everybody else. */
const toAnswer = (
  { authorityId: _a, demonstration: _d, reviewedBy: _r, contactPhone, ...organisation }: store.OrganisationRow,
  { grants }: Actor,
) => ({
  ...organisation,
  contactPhone: grants.some(({ organisationId }) => organisationId === organisation.id)
    ? contactPhone
    : masked('phone', contactPhone),
});
