import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../platform/context.ts';
import { actorOfSession } from '../platform/db/actors.ts';
import { hashToken, requestTrace, SESSION_COOKIE } from '../platform/http/actor.ts';
import { ok, refused, send } from '../platform/http/result.ts';
import { changePassword } from './change-password.ts';
import { me } from './me.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const SignIn = Type.Object(
  { login: Type.String({ minLength: 1, maxLength: 100 }), password: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
);
const Password = Type.Object(
  { current: Type.String({ minLength: 1, maxLength: 500 }), next: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
);

const SIGNED_OUT = refused(401, { code: 'signed_out', message: '您还没有登录，或登录已过期。', remedy: '请登录。' });

export const routes = (app: FastifyInstance, context: Context): void => {
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: context.config.publicUrl.startsWith('https:'),
  };
  const clear = (reply: FastifyReply): FastifyReply => reply.clearCookie(SESSION_COOKIE, cookie);

  app.post<{ Body: Static<typeof SignIn> }>('/api/session', { schema: { body: SignIn } }, async (request, reply) => {
    const result = await signIn(context, {
      ...request.body,
      ...requestTrace(request),
      at: request.receivedAt,
      userAgent: request.headers['user-agent'] ?? '',
      previousToken: request.cookies[SESSION_COOKIE],
    });
    if (!result.ok) return send(reply, result);
    const { token } = result.value;
    const actor = await actorOfSession(context.db, hashToken(token), request.receivedAt);
    if (!actor) return send(reply, SIGNED_OUT);
    reply.setCookie(SESSION_COOKIE, token, cookie);
    return send(reply, ok(await me(context, actor)));
  });

  app.get('/api/session', async (request, reply) =>
    send(reply, request.actor ? ok(await me(context, request.actor)) : SIGNED_OUT),
  );

  app.delete('/api/session', async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await signOut(context, token, request.actor, request.receivedAt, requestTrace(request));
    return clear(reply).code(204).send();
  });

  app.post<{ Body: Static<typeof Password> }>(
    '/api/session/password',
    { schema: { body: Password } },
    async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (!request.actor || !token) return send(reply, SIGNED_OUT);
      const change = { ...request.body, at: request.receivedAt, token, request: requestTrace(request) };
      return send(reply, await changePassword(context, request.actor, change));
    },
  );
};
