import { randomUUID } from 'node:crypto';
import fastifySwagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { routes as accounts } from './accounts/routes.ts';
import { routes as applications } from './applications/routes.ts';
import { routes as audit } from './audit/routes.ts';
import { routes as materials } from './materials/routes.ts';
import { routes as organisations } from './organisations/routes.ts';
import { routes as calls } from './calls/routes.ts';
import { publicRoutes as publicCalls } from './calls/routes-public.ts';
import { routes as comparison } from './comparison/routes.ts';
import { routes as demonstration } from './demonstration/routes.ts';
import { routes as drafts } from './drafts/routes.ts';
import { routes as overview } from './overview/routes.ts';
import { routes as house } from './house/routes.ts';
import type { Context } from './platform/context.ts';
import { registerActor } from './platform/http/actor.ts';
import { openFiles, registerDoor } from './platform/http/door.ts';
import { registerApplicationFiles } from './platform/http/application-files.ts';
import { notFound, registerErrors } from './platform/http/errors.ts';
import { registerGuard } from './platform/http/guard.ts';
import { routes as health } from './platform/http/health.ts';
import { serverLog } from './platform/http/server-log.ts';
import { registerPublicFiles } from './platform/http/public-files.ts';
import { routes as extensions } from './extensions/routes.ts';
import { routes as notices } from './notices/routes.ts';
import { routes as invitations } from './invitations/routes.ts';
import { routes as people } from './people/routes.ts';
import { routes as paper } from './paper/routes.ts';
import { routes as quotas } from './quotas/routes.ts';
import { routes as roles } from './roles/routes.ts';
import { routes as recommendations } from './recommendations/routes.ts';
import { routes as spotChecks } from './spot-checks/routes.ts';
import { routes as admissions } from './admissions/routes.ts';
import { routes as reviews } from './reviews/routes.ts';
import { routes as seals } from './seals/routes.ts';
import { routes as verification } from './verification/routes.ts';

const SLICES = [
  health,
  accounts,
  demonstration,
  organisations,
  calls,
  publicCalls,
  overview,
  applications,
  comparison,
  drafts,
  materials,
  reviews,
  admissions,
  spotChecks,
  recommendations,
  quotas,
  extensions,
  invitations,
  paper,
  notices,
  seals,
  verification,
  audit,
  people,
  roles,
  house,
];

/** The whole of the server behind one door; it listens nowhere yet. */
export async function buildApp(context: Context): Promise<FastifyInstance> {
  const { config, clock } = context;
  const app = fastify({
    logger: serverLog(config.production ? 'info' : 'warn'),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    // A body that trickles in ends here; the largest upload on a slow line does not.
    requestTimeout: 300_000,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', allErrors: false } },
    routerOptions: { maxParamLength: 500 },
  });
  // Nothing here takes plain text, which is what a form of another site can send without asking.
  app.removeContentTypeParser('text/plain');
  app.decorateRequest('receivedAt');
  app.addHook('onRequest', async (request) => {
    request.receivedAt = clock.now();
  });
  registerGuard(app, config);
  registerErrors(app);
  await registerActor(app, context);
  registerDoor(app, context);
  await app.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: '科申 Keshen', version: '1', description: '科技计划申报系统的接口' } },
  });
  for (const routes of SLICES) await app.register(async (slice) => routes(slice, context));
  await app.register(async (files) => {
    openFiles(files);
    await registerPublicFiles(files);
    await registerApplicationFiles(files, config.webDir);
  });
  app.get('/api/openapi.json', { config: { right: 'public.read' } }, () => app.swagger());
  app.setNotFoundHandler(notFound);
  return app;
}
