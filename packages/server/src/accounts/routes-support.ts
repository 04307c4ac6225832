import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOfSession, type Actor } from '../platform/db/actors.ts';
import { cookieName, hashToken, requestTrace, SESSION_COOKIE } from '../platform/http/actor.ts';
import { ok, refused, type Refused, type Result, send } from '../platform/http/result.ts';
import type { AccountsContext, Visit } from './accounts-context.ts';
import { me } from './me.ts';
import type { Admission, Browser } from './open-session.ts';

const HALF_PATH = '/api/session';
export const halfCookie = ({ config }: AccountsContext): string => cookieName(config, 'keshen_half_session', HALF_PATH);
export const sessionCookie = ({ config }: AccountsContext): string => cookieName(config, SESSION_COOKIE);

export const strict = { additionalProperties: false };
export const Secret = Type.String({ minLength: 1, maxLength: 500 });
export const Code = Type.String({ minLength: 1, maxLength: 50 });
export const WithPassword = Type.Object({ password: Secret }, strict);
export const WithPasswordAndCode = Type.Object({ password: Secret, code: Code }, strict);

export const visitOf = (request: FastifyRequest): Visit => ({ at: request.receivedAt, ...requestTrace(request) });

export const browserOf = (request: FastifyRequest): Browser => ({
  userAgent: request.headers['user-agent'] ?? '',
  previousToken: request.sessionToken,
});

export const SIGNED_OUT: Refused = refused(401, {
  code: 'signed_out',
  message: '您还没有登录，或登录已过期。',
  remedy: '请登录。',
});

/** Whoever is signed in, also with what must be done first: a temporary password to change, a second factor to enrol. */
export function whoever(request: FastifyRequest): Result<{ actor: Actor; token: string }> {
  const token = request.sessionToken;
  return request.actor && token ? ok({ actor: request.actor, token }) : SIGNED_OUT;
}

/** The same, once a temporary password is changed. */
export function requireOwnPassword(request: FastifyRequest): Result<{ actor: Actor; token: string }> {
  const here = whoever(request);
  if (!here.ok || !here.value.actor.mustChangePassword) return here;
  return refused(403, {
    code: 'must_change_password',
    message: '您用的是一次性初始密码，须先改成自己的密码。',
    remedy: '请在“修改密码”页设置新密码。',
  });
}

/** No script reads the cookie, no other site sends it, and over https it never travels in the clear. */
export const cookieOptions = ({ config }: AccountsContext, path: string) => ({
  path,
  httpOnly: true,
  sameSite: 'strict' as const,
  secure: config.publicUrl.startsWith('https:'),
});

export const setAdmission = (context: AccountsContext, reply: FastifyReply, admission: Admission): FastifyReply =>
  admission.half
    ? reply.setCookie(halfCookie(context), admission.token, cookieOptions(context, HALF_PATH))
    : reply
        .setCookie(sessionCookie(context), admission.token, cookieOptions(context, '/'))
        .clearCookie(halfCookie(context), cookieOptions(context, HALF_PATH));

/** Sets the cookie and says who signed in, or (202) until when the code is awaited. */
export async function sendAdmission(
  context: AccountsContext,
  request: FastifyRequest,
  reply: FastifyReply,
  result: Result<Admission>,
): Promise<FastifyReply> {
  if (!result.ok) return send(reply, result);
  const { half, token, expiresAt } = result.value;
  setAdmission(context, reply, result.value);
  if (half) return send(reply, ok({ codeUntil: expiresAt.toISOString() }), 202);
  const { production } = context.config;
  const actor = await actorOfSession(context.db, hashToken(token), request.receivedAt, production);
  return send(reply, actor ? ok(await me(context, actor, request.receivedAt)) : SIGNED_OUT);
}
