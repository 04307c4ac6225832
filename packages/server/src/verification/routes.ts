import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../platform/context.ts';
import { sendPage } from '../platform/http/page.ts';
import { codePage, keyPage, verificationPage } from './pages.ts';
import type { Verification } from './verdict.ts';
import { verifyCode, verifyToken } from './verify.ts';

const Token = Type.Object({ token: Type.String({ maxLength: 400 }) });
const Code = Type.Object({ code: Type.Optional(Type.String({ maxLength: 100 })) });

/** Pages that anybody with a printed paper may open; they need no script and no account. */
export const routes = (app: FastifyInstance, context: Context): void => {
  const answer = (reply: FastifyReply, verification: Verification) =>
    sendPage(reply, verificationPage(verification), verification.about === 'nothing' ? 404 : 200);

  app.get<{ Params: Static<typeof Token> }>(
    '/v/:token',
    { config: { right: 'public.verify' }, schema: { params: Token, hide: true } },
    async (request, reply) => answer(reply, await verifyToken(context, request.params.token)),
  );

  app.get('/verify', { config: { right: 'public.verify' }, schema: { hide: true } }, async (_request, reply) =>
    sendPage(reply, keyPage(context.signer.publicKey)),
  );
  app.get(
    '/verify/public-key.pem',
    { config: { right: 'public.verify' }, schema: { hide: true } },
    async (_request, reply) =>
      reply
        .type('application/x-pem-file')
        .header('content-disposition', 'attachment; filename="keshen-public-key.pem"')
        .send(context.signer.publicKey),
  );

  app.get<{ Querystring: Static<typeof Code> }>(
    '/v',
    { config: { right: 'public.verify' }, schema: { querystring: Code, hide: true } },
    async (request, reply) => {
      const { code } = request.query;
      return code === undefined ? sendPage(reply, codePage()) : answer(reply, await verifyCode(context, code));
    },
  );
};
