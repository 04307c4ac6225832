import { createHash, randomBytes } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import type { Role } from '@keshen/rules';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { type Actor, actorOfSession, type Grant } from '../db/actors.ts';
import { throughout } from '../db/reach.ts';
import { type Refused, type Result, ok, refused } from './result.ts';

export type { Actor, Grant } from '../db/actors.ts';

export const SESSION_COOKIE = 'keshen_session';

/**
 * Over https the browser itself holds a cookie to where it was set: `__Host-` for the whole site, `__Secure-` below a path (RFC 6265bis).
 * A neighbouring host cannot plant one of the same name.
 */
export const cookieName = ({ publicUrl }: Pick<Config, 'publicUrl'>, name: string, path = '/'): string =>
  publicUrl.startsWith('https:') ? `${path === '/' ? '__Host-' : '__Secure-'}${name}` : name;

/** 256 bits: for sessions, links and whatever else is known by carrying it. */
export const newToken = (): string => randomBytes(32).toString('base64url');
/** Only the hash is stored: who reads the table cannot sign in with it. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in person, if any. */
    actor: Actor | undefined;
    /** What the session cookie carries, whether it is good or not. */
    sessionToken: string | undefined;
    /** The instant at which the request arrived, before its body was read. Windows are judged by it. */
    receivedAt: Date;
  }
}

/** Reads the session cookie of every request under /api into `request.actor`. */
export async function registerActor(app: FastifyInstance, context: Context): Promise<void> {
  await app.register(fastifyCookie);
  app.decorateRequest('actor', undefined);
  const name = cookieName(context.config, SESSION_COOKIE);
  app.decorateRequest('sessionToken', undefined);
  app.addHook('onRequest', async (request) => {
    const token = request.cookies[name];
    request.sessionToken = token;
    if (!token || !request.url.startsWith('/api/')) return;
    // Who somebody is and in which authorities is what the request's reach follows from.
    request.actor = await throughout(() =>
      actorOfSession(context.db, hashToken(token), request.receivedAt, context.config.production),
    );
  });
}

export const signInFirst = (): Refused =>
  refused(401, {
    code: 'signed_out',
    message: '您还没有登录，或登录已过期。',
    remedy: '请重新登录，登录后可接着操作。',
  });

/** The signed-in person, who must have replaced a temporary password and, in a powerful role, enrolled a second factor first. */
export function requireActor(request: FastifyRequest): Result<Actor> {
  if (!request.actor) return signInFirst();
  if (request.actor.mustChangePassword) return ownPasswordFirst();
  if (request.actor.mustEnrolSecondFactor) return secondFactorFirst();
  return ok(request.actor);
}

export const ownPasswordFirst = (): Refused =>
  refused(403, {
    code: 'must_change_password',
    message: '您用的是一次性初始密码，须先改成自己的密码。',
    remedy: '请在“修改密码”页设置新密码。',
  });

export const secondFactorFirst = (): Refused =>
  refused(403, {
    code: 'must_enrol_second_factor',
    message: '您的角色须先启用两步验证，才能办理其他事项。',
    remedy: '请在“登录与安全”页启用两步验证。',
  });

/** The grant by which a person acts in one of the roles; the first that fits, or a refusal. */
export function grantFor(actor: Actor, ...roles: Role[]): Grant | undefined {
  return actor.grants.find((grant) => roles.includes(grant.role));
}

/** The signed-in person together with the grant of one of the roles. */
export function requireRole(request: FastifyRequest, ...roles: Role[]): Result<{ actor: Actor; grant: Grant }> {
  const actor = requireActor(request);
  if (!actor.ok) return actor;
  const grant = grantFor(actor.value, ...roles);
  if (!grant) {
    return refused(403, {
      code: 'not_your_role',
      message: '您的账号没有这项操作的权限。',
      remedy: '请换用有权限的账号登录。',
    });
  }
  return ok({ actor: actor.value, grant });
}

/** What the log keeps of a request. */
export const requestTrace = (request: FastifyRequest): { address: string; requestId: string } => ({
  address: request.ip,
  requestId: request.id,
});
