import { NOTICE_KIND_KEYS } from '@keshen/rules';
import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor, requireRole } from '../platform/http/actor.ts';
import { offsetOf, Paging } from '../platform/http/paging.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { confirmAddress, giveAddress, readUnsubscription, removeAddress, unsubscribe } from './addresses.ts';
import { readOutbox, retry } from './outbox.ts';
import { type By, choose, readPreferences, setQuietHours } from './preferences.ts';
import { readAll, readNotices, readOne, unreadOf } from './read-notices.ts';
import { MESSAGE_STATES } from './store-outbox.ts';

const strict = { additionalProperties: false };
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Kind = Type.Union(NOTICE_KIND_KEYS.map((kind) => Type.Literal(kind)));
const Channel = Type.Union([Type.Literal('mail'), Type.Literal('sms')]);
const List = Type.Object({ ...Paging, kind: Type.Optional(Kind), unread: Type.Boolean({ default: false }) });
const Reading = Type.Object({ kind: Type.Optional(Kind) }, strict);
const Choice = Type.Object(
  {
    kind: Kind,
    channel: Type.Union([Type.Literal('system'), ...Channel.anyOf]),
    mode: Type.Union([Type.Literal('once'), Type.Literal('daily'), Type.Literal('off')]),
  },
  strict,
);
const Minute = Type.Integer({ minimum: 0, maximum: 1439 });
const Quiet = Type.Object({ fromMinute: Minute, toMinute: Minute }, strict);
const Address = Type.Object({ address: Type.String({ minLength: 1, maxLength: 300 }) }, strict);
const Way = Type.Object({ channel: Channel });
const Token = Type.Object({ token: Type.String({ minLength: 1, maxLength: 300 }) }, strict);
const Outbox = Type.Object({
  ...Paging,
  channel: Type.Optional(Channel),
  state: Type.Optional(Type.Union(MESSAGE_STATES.map((state) => Type.Literal(state)))),
});

export const routes = (app: FastifyInstance, context: Context): void => {
  readingRoutes(app, context);
  preferenceRoutes(app, context);
  linkRoutes(app, context);
  outboxRoutes(app, context);
};

const by = (request: FastifyRequest): Result<By> => {
  const actor = requireActor(request);
  return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
};

function readingRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Querystring: Static<typeof List> }>(
    '/api/notices',
    { config: { right: 'account.notices' }, schema: { querystring: List } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const { page, pageSize, ...filter } = request.query;
      const part = { offset: offsetOf({ page, pageSize }), limit: pageSize };
      return send(reply, ok(await readNotices(context, who.value.actor, { ...filter, ...part })));
    },
  );
  app.get('/api/notices/unread', { config: { right: 'account.notices' } }, async (request, reply) => {
    const who = by(request);
    return send(reply, who.ok ? ok(await unreadOf(context, who.value.actor)) : who);
  });
  app.post<{ Params: Static<typeof Id> }>(
    '/api/notices/:id/read',
    { config: { right: 'account.notices' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      return send(reply, await readOne(context, who.value.actor, request.params.id, who.value.at));
    },
  );
  app.post<{ Body: Static<typeof Reading> }>(
    '/api/notices/read',
    { config: { right: 'account.notices' }, schema: { body: Reading } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      return send(reply, ok(await readAll(context, who.value.actor, request.body, who.value.at)));
    },
  );
}

function preferenceRoutes(app: FastifyInstance, context: Context): void {
  app.get('/api/notices/preferences', { config: { right: 'account.notices' } }, async (request, reply) => {
    const who = by(request);
    return send(reply, who.ok ? ok(await readPreferences(context, who.value.actor.personId)) : who);
  });
  app.put<{ Body: Static<typeof Choice> }>(
    '/api/notices/preferences',
    { config: { right: 'account.notices' }, schema: { body: Choice } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await choose(context, who.value, request.body) : who);
    },
  );
  app.put<{ Body: Static<typeof Quiet> }>(
    '/api/notices/quiet-hours',
    { config: { right: 'account.notices' }, schema: { body: Quiet } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await setQuietHours(context, who.value, request.body) : who);
    },
  );
  app.put<{ Params: Static<typeof Way>; Body: Static<typeof Address> }>(
    '/api/notices/addresses/:channel',
    { config: { right: 'account.notices' }, schema: { params: Way, body: Address } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      return send(reply, await giveAddress(context, who.value, { ...request.params, ...request.body }));
    },
  );
  app.delete<{ Params: Static<typeof Way> }>(
    '/api/notices/addresses/:channel',
    { config: { right: 'account.notices' }, schema: { params: Way } },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await removeAddress(context, who.value, request.params.channel) : who);
    },
  );
}

/** For whoever carries a link, signed in or not. */
function linkRoutes(app: FastifyInstance, context: Context): void {
  const visit = (request: FastifyRequest) => ({ at: request.receivedAt, request: requestTrace(request) });
  app.post<{ Body: Static<typeof Token> }>(
    '/api/notice-links/confirm',
    { config: { right: 'account.enter' }, schema: { body: Token } },
    async (request, reply) => send(reply, await confirmAddress(context, request.body.token, visit(request))),
  );
  app.post<{ Body: Static<typeof Token> }>(
    '/api/notice-links/read-unsubscribe',
    { config: { right: 'account.enter' }, schema: { body: Token } },
    async (request, reply) => send(reply, readUnsubscription(context, request.body.token)),
  );
  app.post<{ Body: Static<typeof Token> }>(
    '/api/notice-links/unsubscribe',
    { config: { right: 'account.enter' }, schema: { body: Token } },
    async (request, reply) => send(reply, await unsubscribe(context, request.body.token, visit(request))),
  );
}

function outboxRoutes(app: FastifyInstance, context: Context): void {
  const runner = (request: FastifyRequest): Result<By> => {
    const role = requireRole(request, 'systemAdministrator');
    return role.ok ? ok({ actor: role.value.actor, at: request.receivedAt, request: requestTrace(request) }) : role;
  };
  app.get<{ Querystring: Static<typeof Outbox> }>(
    '/api/outbox',
    { config: { right: 'house.read' }, schema: { querystring: Outbox } },
    async (request, reply) => {
      const who = runner(request);
      if (!who.ok) return send(reply, who);
      const { page, pageSize, ...filter } = request.query;
      return send(
        reply,
        ok(await readOutbox(context, { ...filter, offset: offsetOf({ page, pageSize }), limit: pageSize })),
      );
    },
  );
  app.post('/api/outbox/retry', { config: { right: 'house.retry' } }, async (request, reply) => {
    const who = runner(request);
    return send(reply, who.ok ? await retry(context, who.value, undefined) : who);
  });
  app.post<{ Params: Static<typeof Id> }>(
    '/api/outbox/:id/retry',
    { config: { right: 'house.retry' }, schema: { params: Id } },
    async (request, reply) => {
      const who = runner(request);
      return send(reply, who.ok ? await retry(context, who.value, request.params.id) : who);
    },
  );
}
