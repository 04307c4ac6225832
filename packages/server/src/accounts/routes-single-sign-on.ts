import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { cookieName } from '../platform/http/actor.ts';
import { html } from '../platform/http/html.ts';
import { sendPage } from '../platform/http/page.ts';
import { type Refusal, ok, type Result, send } from '../platform/http/result.ts';
import type { AccountsContext } from './accounts-context.ts';
import { confirmIdentity } from './confirm-identity.ts';
import {
  browserOf,
  cookieOptions,
  requireOwnPassword,
  setAdmission,
  strict,
  visitOf,
  whoever,
  WithPassword,
} from './routes-support.ts';
import { beginSingleSignOn } from './single-sign-on/begin.ts';
import { finishSingleSignOn } from './single-sign-on/finish.ts';
import { identitiesOf } from './single-sign-on/store.ts';
import { unlinkIdentity } from './single-sign-on/unlink-identity.ts';

export const CALLBACK = '/api/session/single-sign-on/callback';
const PATH = '/api/session/single-sign-on';
const Nothing = Type.Object({}, strict);
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

export function singleSignOnRoutes(app: FastifyInstance, context: AccountsContext): void {
  /** The way back from the provider comes from another site, so this one cookie is lax; it opens nothing by itself. */
  const name = cookieName(context.config, 'keshen_single_sign_on', PATH);
  const cookie = { ...cookieOptions(context, PATH), sameSite: 'lax' as const };
  const leave = (reply: FastifyReply, begun: Result<{ url: string; token: string }>): FastifyReply => {
    if (!begun.ok) return send(reply, begun);
    reply.setCookie(name, begun.value.token, cookie);
    return send(reply, ok({ url: begun.value.url }));
  };

  app.get(PATH, { config: { right: 'account.enter' } }, () => ({ name: context.provider?.name ?? null }));

  app.post(PATH, { config: { right: 'account.enter' }, schema: { body: Nothing } }, async (request, reply) =>
    leave(reply, await beginSingleSignOn(context, undefined, request.receivedAt)),
  );

  app.post<{ Body: Static<typeof WithPassword> }>(
    `${PATH}/link`,
    { config: { right: 'account.secure' }, schema: { body: WithPassword } },
    async (request, reply) => {
      const here = requireOwnPassword(request);
      if (!here.ok) return send(reply, here);
      const { actor, token } = here.value;
      const given = { password: request.body.password, where: 'password' };
      const confirmed = await confirmIdentity(context, actor, given, visitOf(request));
      if (!confirmed.ok) return send(reply, confirmed);
      return leave(reply, await beginSingleSignOn(context, token, request.receivedAt));
    },
  );

  app.get(CALLBACK, { config: { right: 'account.enter' } }, async (request, reply) => {
    const answer = new URL(request.url, context.config.publicUrl);
    const token = request.cookies[name];
    const finished = await finishSingleSignOn(context, answer, token, browserOf(request), visitOf(request));
    reply.clearCookie(name, cookie);
    if (!finished.ok) return sendRefusal(reply, finished.status, finished.refusal);
    if (finished.value.linked) return reply.redirect('/app/security', 303);
    setAdmission(context, reply, finished.value.admission);
    return reply.redirect(finished.value.admission.half ? '/app/sign-in#code' : '/app/', 303);
  });

  app.get('/api/session/identities', { config: { right: 'account.manage' } }, async (request, reply) => {
    const here = whoever(request);
    if (!here.ok) return send(reply, here);
    const items = await identitiesOf(context.db, here.value.actor.personId);
    return { items, total: items.length };
  });

  app.post<{ Params: Static<typeof Id>; Body: Static<typeof WithPassword> }>(
    '/api/session/identities/:id/remove',
    { config: { right: 'account.secure' }, schema: { params: Id, body: WithPassword } },
    async (request, reply) => {
      const here = requireOwnPassword(request);
      if (!here.ok) return send(reply, here);
      const given = { id: request.params.id, password: request.body.password };
      return send(reply, await unlinkIdentity(context, here.value.actor, given, visitOf(request)));
    },
  );
}

/** The browser arrives here by itself, so it is told by a page. */
const sendRefusal = (reply: FastifyReply, status: number, { message, remedy }: Refusal): FastifyReply =>
  sendPage(
    reply,
    {
      title: '单点登录',
      main: html`<h1>单点登录没有成功</h1>
        <p>${message}</p>
        ${remedy && html`<p>${remedy}</p>`}
        <p><a class="button" href="/app/sign-in">回到登录页</a></p>`,
    },
    status,
  );
