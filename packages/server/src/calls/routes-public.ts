import type { FastifyInstance } from 'fastify';
import type { Context } from '../platform/context.ts';
import { sendPage } from '../platform/http/page.ts';
import { callNotFoundPage, callPage } from './call-page.ts';
import { homePage } from './home-page.ts';
import { loadRound } from './round.ts';
import { listRounds } from './store.ts';
import { viewRound, type RoundView } from './view-round.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What anybody may read, as plain HTML that needs no script. */
export const publicRoutes = (app: FastifyInstance, context: Context): void => {
  app.get('/', { config: { right: 'public.read' }, schema: { hide: true } }, async (request, reply) => {
    const views: RoundView[] = [];
    for (const { id } of await listRounds(context.db)) {
      const loaded = await loadRound(context, id);
      if (loaded) views.push(viewRound(loaded, request.receivedAt));
    }
    return sendPage(reply, homePage(views, request.receivedAt));
  });

  app.get<{ Params: { roundId: string } }>(
    '/calls/:roundId',
    { config: { right: 'public.read' }, schema: { hide: true } },
    async (request, reply) => {
      const { roundId } = request.params;
      const loaded = UUID.test(roundId) ? await loadRound(context, roundId) : undefined;
      if (!loaded) return sendPage(reply, callNotFoundPage, 404);
      const now = request.receivedAt;
      return sendPage(reply, callPage(viewRound(loaded, now), loaded.compiled, now));
    },
  );
};
