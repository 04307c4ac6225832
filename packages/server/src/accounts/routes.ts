import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { requestTrace } from '../platform/http/actor.ts';
import { ok, send } from '../platform/http/result.ts';
import type { AccountsContext } from './accounts-context.ts';
import { changePassword } from './change-password.ts';
import { enterCode } from './enter-code.ts';
import { me } from './me.ts';
import { linksRoutes } from './routes-links.ts';
import { secondFactorRoutes } from './routes-second-factor.ts';
import { sessionsRoutes } from './routes-sessions.ts';
import { CALLBACK, singleSignOnRoutes } from './routes-single-sign-on.ts';
import {
  browserOf,
  Code,
  cookieOptions,
  halfCookie,
  Secret,
  sendAdmission,
  sessionCookie,
  SIGNED_OUT,
  strict,
  visitOf,
  whoever,
} from './routes-support.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { openIdentityProvider } from './single-sign-on/identity-provider.ts';

const Proof = Type.Object(
  {
    challenge: Type.String({ minLength: 1, maxLength: 200 }),
    answer: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  },
  strict,
);
const SignIn = Type.Object(
  { login: Type.String({ minLength: 1, maxLength: 100 }), password: Secret, proof: Type.Optional(Proof) },
  strict,
);
const EnterCode = Type.Object({ code: Code }, strict);
const Password = Type.Object({ current: Secret, next: Secret }, strict);

export const routes = (app: FastifyInstance, given: Context): void => {
  const { singleSignOn, publicUrl } = given.config;
  const context: AccountsContext = {
    ...given,
    provider: singleSignOn && openIdentityProvider(singleSignOn, publicUrl + CALLBACK),
  };
  signInRoutes(app, context);
  secondFactorRoutes(app, context);
  sessionsRoutes(app, context);
  linksRoutes(app, context);
  singleSignOnRoutes(app, context);
};

function signInRoutes(app: FastifyInstance, context: AccountsContext): void {
  app.post<{ Body: Static<typeof SignIn> }>(
    '/api/session',
    { config: { right: 'account.enter' }, schema: { body: SignIn } },
    async (request, reply) => {
      const result = await signIn(context, request.body, browserOf(request), visitOf(request));
      return sendAdmission(context, request, reply, result);
    },
  );

  app.post<{ Body: Static<typeof EnterCode> }>(
    '/api/session/code',
    { config: { right: 'account.enter' }, schema: { body: EnterCode } },
    async (request, reply) => {
      const entered = { code: request.body.code, halfToken: request.cookies[halfCookie(context)] };
      const result = await enterCode(context, entered, browserOf(request), visitOf(request));
      return sendAdmission(context, request, reply, result);
    },
  );

  app.get('/api/session', { config: { right: 'account.manage' } }, async (request, reply) =>
    send(reply, request.actor ? ok(await me(context, request.actor, request.receivedAt)) : SIGNED_OUT),
  );

  app.delete('/api/session', { config: { right: 'account.leave' } }, async (request, reply) => {
    const token = request.sessionToken;
    if (token) await signOut(context, token, request.actor, request.receivedAt, requestTrace(request));
    return reply.clearCookie(sessionCookie(context), cookieOptions(context, '/')).code(204).send();
  });

  app.post<{ Body: Static<typeof Password> }>(
    '/api/session/password',
    { config: { right: 'account.manage' }, schema: { body: Password } },
    async (request, reply) => {
      const here = whoever(request);
      if (!here.ok) return send(reply, here);
      const change = { ...request.body, token: here.value.token };
      return send(reply, await changePassword(context, here.value.actor, change, visitOf(request)));
    },
  );
}
