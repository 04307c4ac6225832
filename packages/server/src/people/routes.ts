import type { FieldType, Role } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../platform/audit/attempt.ts';
import type { Context } from '../platform/context.ts';
import { grantFor, requestTrace, requireActor, requireRole } from '../platform/http/actor.ts';
import { Paging } from '../platform/http/paging.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { answerOwnData } from './answer-own-data.ts';
import { askAboutOwnData } from './ask-about-own-data.ts';
import { answerOffer } from './answer-offer.ts';
import { decideProfile } from './decide-profile.ts';
import { endMembership } from './end-membership.ts';
import { type ProfileData, profileFields } from './profile-fields.ts';
import { readMember, readProfile } from './read-profile.ts';
import { saveProfile } from './save-profile.ts';
import * as store from './store.ts';
import { offersOf, openOffersTo } from './store-offers.ts';
import { listRequests, requestsOf } from './store-requests.ts';
import { withdrawOffer } from './withdraw-offer.ts';

const strict = { additionalProperties: false };
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Answer = Type.Object({ answer: Type.Union([Type.Literal('accepted'), Type.Literal('declined')]) }, strict);
const Decision = Type.Object(
  {
    revision: Type.Integer({ minimum: 1 }),
    decision: Type.Union([Type.Literal('confirmed'), Type.Literal('returned')]),
    note: Type.String({ maxLength: 1000, default: '' }),
  },
  strict,
);
const Asked = Type.Object(
  {
    kind: Type.Union([Type.Literal('correction'), Type.Literal('erasure')]),
    text: Type.String({ maxLength: 1000 }),
    name: Type.Optional(Type.String({ maxLength: 50 })),
  },
  strict,
);
const Answered = Type.Object(
  { decision: Type.Union([Type.Literal('done'), Type.Literal('refused')]), answer: Type.String({ maxLength: 1000 }) },
  strict,
);
const Reason = Type.Object({ reason: Type.String({ maxLength: 500 }) }, strict);
const List = Type.Object({
  ...Paging,
  state: Type.Optional(
    Type.Union((['none', 'waiting', 'changed', 'confirmed', 'returned'] as const).map((state) => Type.Literal(state))),
  ),
});

/** The validator turns `60` into text where text is also allowed, so each field has the one type it is of. */
const valueOf = (type: FieldType) =>
  type === 'integer' ? Type.Integer() : type === 'boolean' ? Type.Boolean() : Type.String({ maxLength: 200 });

export const routes = (app: FastifyInstance, context: Context): void => {
  const { db } = context;
  const Save = Type.Object(
    {
      revision: Type.Integer({ minimum: 0 }),
      data: Type.Object(
        Object.fromEntries(
          profileFields(context.reference).map(({ key, type }) => [key, Type.Optional(valueOf(type))]),
        ),
        strict,
      ),
    },
    strict,
  );
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };
  const administrator = (request: FastifyRequest): Result<{ by: By; organisationId: string }> => {
    const role: Role = 'organisationAdministrator';
    const may = requireRole(request, role);
    if (!may.ok) return may;
    const { actor, grant } = may.value;
    const who = { actor, at: request.receivedAt, request: requestTrace(request) };
    return ok({ by: who, organisationId: grant.organisationId ?? '' });
  };

  app.get('/api/profile', { config: { right: 'account.profile' } }, async (request, reply) => {
    const who = by(request);
    if (!who.ok) return send(reply, who);
    const { personId } = who.value.actor;
    const [profile, offers] = await Promise.all([
      readProfile(context, personId),
      openOffersTo(db, personId, request.receivedAt),
    ]);
    return {
      ...profile,
      name: who.value.actor.name,
      offers: offers.map(({ id, organisationName, offeredByName, offeredAt, expiresAt }) => ({
        id,
        organisationName,
        offeredByName,
        offeredAt,
        expiresAt,
      })),
    };
  });

  app.put<{ Body: { revision: number; data: ProfileData } }>(
    '/api/profile',
    { config: { right: 'account.profile' }, schema: { body: Save } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await saveProfile(context, who.value, request.body) : who);
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Answer> }>(
    '/api/profile/offers/:id/answer',
    { config: { right: 'account.profile' }, schema: { params: Id, body: Answer } },
    async (request, reply) => {
      const who = by(request);
      const given = { id: request.params.id, ...request.body };
      return send(reply, who.ok ? await answerOffer(context, who.value, given) : who);
    },
  );

  app.get<{ Querystring: Static<typeof List> }>(
    '/api/organisation/profiles',
    { config: { right: 'person.read' }, schema: { querystring: List } },
    async (request, reply) => {
      const who = administrator(request);
      return who.ok ? store.listProfiles(db, who.value.organisationId, request.query) : send(reply, who);
    },
  );

  app.get<{ Params: Static<typeof Id> }>(
    '/api/organisation/profiles/:id',
    { config: { right: 'person.read' }, schema: { params: Id } },
    async (request, reply) => {
      const who = administrator(request);
      if (!who.ok) return send(reply, who);
      return send(reply, await readMember(context, who.value.by, who.value.organisationId, request.params.id));
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Decision> }>(
    '/api/organisation/profiles/:id/decision',
    { config: { right: 'person.confirm' }, schema: { params: Id, body: Decision } },
    async (request, reply) => {
      const who = administrator(request);
      if (!who.ok) return send(reply, who);
      const decision = { personId: request.params.id, ...request.body };
      return send(reply, await decideProfile(context, who.value.by, who.value.organisationId, decision));
    },
  );

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Reason> }>(
    '/api/organisation/people/:id/leave',
    { config: { right: 'person.change' }, schema: { params: Id, body: Reason } },
    async (request, reply) => {
      const who = administrator(request);
      if (!who.ok) return send(reply, who);
      const leaving = { personId: request.params.id, reason: request.body.reason };
      return send(reply, await endMembership(context, who.value.by, who.value.organisationId, leaving));
    },
  );

  app.get('/api/organisation/offers', { config: { right: 'person.read' } }, async (request, reply) => {
    const who = administrator(request);
    if (!who.ok) return send(reply, who);
    const items = (await offersOf(db, who.value.organisationId)).map(
      ({ id, personName, offeredByName, offeredAt, expiresAt, answer, answeredAt }) => ({
        id,
        personName,
        offeredByName,
        offeredAt,
        expiresAt,
        state: answer ?? (expiresAt <= request.receivedAt ? 'expired' : 'open'),
        answeredAt,
      }),
    );
    return { items, total: items.length };
  });

  app.post<{ Params: Static<typeof Id> }>(
    '/api/organisation/offers/:id/withdraw',
    { config: { right: 'person.handOut' }, schema: { params: Id } },
    async (request, reply) => {
      const who = administrator(request);
      if (!who.ok) return send(reply, who);
      return send(reply, await withdrawOffer(context, who.value.by, who.value.organisationId, request.params.id));
    },
  );

  /** An applicant's organisation, or a security administrator for everybody. */
  const answerer = (request: FastifyRequest): Result<{ by: By; organisationId: string | undefined }> => {
    const who = by(request);
    if (!who.ok) return who;
    const all = grantFor(who.value.actor, 'securityAdministrator');
    const own = administrator(request);
    return all ? ok({ by: who.value, organisationId: undefined }) : own;
  };

  app.get('/api/me/requests', { config: { right: 'account.profile' } }, async (request, reply) => {
    const who = by(request);
    if (!who.ok) return send(reply, who);
    const items = await requestsOf(db, who.value.actor.personId);
    return { items, total: items.length };
  });

  app.post<{ Body: Static<typeof Asked> }>(
    '/api/me/requests',
    { config: { right: 'account.profile' }, schema: { body: Asked } },
    async (request, reply) => {
      const who = by(request);
      const asked = { name: null, ...request.body };
      return send(reply, who.ok ? await askAboutOwnData(context, who.value, asked) : who, 201);
    },
  );

  app.get('/api/data-requests', { config: { right: 'person.answer' } }, async (request, reply) => {
    const who = answerer(request);
    if (!who.ok) return send(reply, who);
    const items = await listRequests(db, who.value.organisationId);
    return { items, total: items.length };
  });

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Answered> }>(
    '/api/data-requests/:id/answer',
    { config: { right: 'person.answer' }, schema: { params: Id, body: Answered } },
    async (request, reply) => {
      const who = answerer(request);
      if (!who.ok) return send(reply, who);
      const answer = { id: request.params.id, ...request.body };
      return send(reply, await answerOwnData(context, who.value.by, who.value.organisationId, answer));
    },
  );
};
