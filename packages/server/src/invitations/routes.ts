import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { By } from '../applications/index.ts';
import { loadRound } from '../calls/index.ts';
import type { Context } from '../platform/context.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, refused, type Result, send } from '../platform/http/result.ts';
import { inviteOrganisation, isOfficer, removeInvitation } from './change-invitation.ts';
import { invitationsOf } from './store.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Topic = Type.String({ minLength: 1, maxLength: 100 });
const Code = Type.String({ minLength: 1, maxLength: 40 });
const Invited = Type.Object(
  { topic: Topic, uscc: Code, name: Type.String({ maxLength: 200, default: '' }) },
  { additionalProperties: false },
);
const One = Type.Object({ id: Type.String({ format: 'uuid' }), topic: Topic, uscc: Code });

/** The list of invited organisations, for the programme officers of the authority. */
export const routes = (app: FastifyInstance, context: Context): void => {
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };
  app.get<{ Params: Static<typeof Id> }>(
    '/api/rounds/:id/invitations',
    { config: { right: 'invitation.read', toldBy: 'useCase' }, schema: { params: Id } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const round = await loadRound(context, request.params.id);
      if (!round || !isOfficer(who.value, round)) {
        return send(reply, refused(404, { code: 'not_found', message: '没有这个申报通知。' }));
      }
      const topics = round.compiled.topics
        .filter(({ opening }) => opening === 'invitation')
        .map(({ code, title }) => ({ code, title }));
      const items = (await invitationsOf(context.db, request.params.id)).map(({ invitedAt, ...one }) => ({
        ...one,
        invitedAt: invitedAt.toISOString(),
      }));
      return send(reply, ok({ topics, items, total: items.length }));
    },
  );
  app.post<{ Params: Static<typeof Id>; Body: Static<typeof Invited> }>(
    '/api/rounds/:id/invitations',
    { config: { right: 'invitation.change', toldBy: 'useCase' }, schema: { params: Id, body: Invited } },
    async (request, reply) => {
      const who = by(request);
      const invited = { roundId: request.params.id, ...request.body };
      return send(reply, who.ok ? await inviteOrganisation(context, who.value, invited) : who);
    },
  );
  app.delete<{ Params: Static<typeof One> }>(
    '/api/rounds/:id/invitations/:topic/:uscc',
    { config: { right: 'invitation.change', toldBy: 'useCase' }, schema: { params: One } },
    async (request, reply) => {
      const who = by(request);
      const { id: roundId, topic, uscc } = request.params;
      return send(reply, who.ok ? await removeInvitation(context, who.value, { roundId, topic, uscc }) : who);
    },
  );
};
