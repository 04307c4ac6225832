import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { send } from '../platform/http/result.ts';
import type { AccountsContext } from './accounts-context.ts';
import { visitOf, whoever } from './routes-support.ts';
import { listSessions } from './sessions/list-sessions.ts';
import { revokeSessions } from './sessions/revoke-sessions.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const PATH = '/api/session/sessions';

/** Where somebody is signed in, and ending it there. */
export function sessionsRoutes(app: FastifyInstance, context: AccountsContext): void {
  app.get(PATH, { config: { right: 'account.manage' } }, async (request, reply) => {
    const here = whoever(request);
    if (!here.ok) return send(reply, here);
    const { actor, token } = here.value;
    const items = await listSessions(context.db, actor.personId, token, request.receivedAt);
    return { items, total: items.length };
  });

  app.delete<{ Params: Static<typeof Id> }>(
    `${PATH}/:id`,
    { config: { right: 'account.manage' }, schema: { params: Id } },
    async (request, reply) => {
      const here = whoever(request);
      if (!here.ok) return send(reply, here);
      return send(reply, await revokeSessions(context, here.value.actor, { id: request.params.id }, visitOf(request)));
    },
  );

  app.delete(PATH, { config: { right: 'account.manage' } }, async (request, reply) => {
    const here = whoever(request);
    if (!here.ok) return send(reply, here);
    const { actor, token } = here.value;
    return send(reply, await revokeSessions(context, actor, { others: true, token }, visitOf(request)));
  });
}
