import { authoritiesWithin, mightHave, type Right, rightDefinition } from '@keshen/rules';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Context } from '../context.ts';
import { type Reach, within } from '../db/reach.ts';
import { ownPasswordFirst, requestTrace, secondFactorFirst, signInFirst } from './actor.ts';
import { type Refused, refused, send } from './result.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which right of the table (packages/rules/src/permissions) the route needs; one of them where there are several. */
    right?: Right | readonly Right[];
    /**
     * Who tells somebody without the role: the door, or the use case, because its refusal names a clause or goes into the log of the
     * record. The door still asks for signing in.
     */
    toldBy?: 'useCase';
  }
  interface FastifyInstance {
    /** Every route as it declared itself. */
    declaredRoutes: readonly RouteOptions[];
  }
  interface FastifyRequest {
    /** Whose data the database shows to this request. */
    reach: Reach;
  }
}

/**
 * The one door: every route declares its right, and whoever cannot have it on any record is refused before the body is read. Which
 * record it is, the use case asks of `decide` (the same table). Then the request sees the data of the authorities it concerns only.
 */
export function registerDoor(app: FastifyInstance, context: Context): void {
  const routes: RouteOptions[] = [];
  app.decorate('declaredRoutes', routes);
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', () => {
    const open = routes.filter(({ config }) => !config?.right).map(({ method, url }) => `${String(method)} ${url}`);
    if (open.length > 0) throw new Error(`routes without a right: ${open.join(', ')}`);
  });

  app.decorateRequest('reach');
  app.addHook('onRequest', async (request, reply) => {
    const rights = rightsOf(request);
    request.reach = reachOf(request, rights);
    const refusal = refusalFor(request, rights);
    if (!refusal) return undefined;
    await logRefusal(context, request, rights, refusal);
    return send(reply, refusal);
  });
  // Once for what comes before the body is read, and again for what comes after: reading it leaves the asynchronous context.
  app.addHook('onRequest', (request, _reply, done) => within(request.reach, done));
  app.addHook('preValidation', (request, _reply, done) => within(request.reach, done));
}

/** Files that anybody may have, served by a library that declares no rights of its own. */
export const openFiles = (app: FastifyInstance): void => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, right: 'public.read' };
  });
};

/** None where there is no such address. */
function rightsOf({ routeOptions }: FastifyRequest): readonly Right[] {
  const { right } = routeOptions.config;
  if (right === undefined) return [];
  return typeof right === 'string' ? [right] : right;
}

function reachOf({ actor }: FastifyRequest, rights: readonly Right[]): Reach {
  const all = rights.map((right) => authoritiesWithin(actor, right));
  if (all.includes('all')) return 'all';
  return [...new Set(all.flatMap((authorities) => (authorities === 'all' ? [] : authorities)))];
}

function refusalFor(request: FastifyRequest, rights: readonly Right[]): Refused | undefined {
  const { actor, routeOptions } = request;
  if (rights.length === 0 || rights.some((right) => rightDefinition(right).who === 'anybody')) return undefined;
  if (!actor) return signInFirst();
  const before = rights.map((right) => rightDefinition(right).before);
  if (actor.mustChangePassword && !before.includes('ownPassword')) return ownPasswordFirst();
  if (actor.mustEnrolSecondFactor && before.every((one) => one === undefined)) return secondFactorFirst();
  if (routeOptions.config.toldBy === 'useCase' || rights.some((right) => mightHave(actor, right))) return undefined;
  return refused(403, {
    code: 'not_your_role',
    message: '您的账号没有这项操作的权限。',
    remedy: '请换用有权限的账号登录。',
  });
}

/** Somebody known who asks for what is not theirs goes into the log; whoever is not signed in, into the server's own. */
async function logRefusal(
  { db, log }: Context,
  request: FastifyRequest,
  rights: readonly Right[],
  { refusal }: Refused,
): Promise<void> {
  const { actor, routeOptions, method } = request;
  if (!actor || refusal.code !== 'not_your_role') {
    request.log.info({ refused: refusal.code, rights }, 'refused at the door');
    return;
  }
  const logs = rights.some((right) => right.startsWith('log.'));
  await within(request.reach, () =>
    db.transaction().execute((trx) =>
      log(trx, {
        at: request.receivedAt,
        actor,
        action: logs ? 'readLog' : 'useRight',
        outcome: 'refused',
        subjectKind: logs ? 'log' : 'right',
        subjectId: logs ? 'readings' : (rights[0] ?? ''),
        detail: { code: refusal.code, what: `${method} ${routeOptions.url ?? ''}` },
        request: requestTrace(request),
      }),
    ),
  );
}
