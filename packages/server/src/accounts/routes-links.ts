import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { send } from '../platform/http/result.ts';
import type { AccountsContext } from './accounts-context.ts';
import { readLink } from './links/read-link.ts';
import { useLink } from './links/use-link.ts';
import { Secret, strict, visitOf } from './routes-support.ts';

const Token = Type.String({ minLength: 1, maxLength: 200 });
const Read = Type.Object({ token: Token }, strict);
const Use = Type.Object({ token: Token, password: Secret }, strict);

/** Setting a password by a link. The token travels in the body, never in an address. */
export function linksRoutes(app: FastifyInstance, context: AccountsContext): void {
  app.post<{ Body: Static<typeof Read> }>(
    '/api/account-links/read',
    { config: { right: 'account.enter' }, schema: { body: Read } },
    async (request, reply) => send(reply, await readLink(context.db, request.body.token, request.receivedAt)),
  );
  app.post<{ Body: Static<typeof Use> }>(
    '/api/account-links/use',
    { config: { right: 'account.enter' }, schema: { body: Use } },
    async (request, reply) => send(reply, await useLink(context, request.body, visitOf(request))),
  );
}
