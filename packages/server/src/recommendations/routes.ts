import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { sendFile } from '../platform/files/index.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { deliverList } from './deliver-list.ts';
import { exportList } from './export-list.ts';
import { summaryOfList } from './list-summary.ts';
import { exportListWorkbook, printList } from './print-list.ts';
import { readDelivered, readRecommendations } from './read-recommendations.ts';
import { readScan } from './read-scan.ts';
import type { ListRow } from './store.ts';
import { uploadScan } from './upload-scan.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Scan = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 1000 }),
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
type WithId = { Params: Static<typeof Id> };

export const routes = (app: FastifyInstance, context: Context): void => {
  app.addContentTypeParser(['application/octet-stream', 'application/pdf'], (_request, payload, done) =>
    done(null, payload),
  );
  const by = (request: FastifyRequest): Result<By> => {
    const actor = requireActor(request);
    return actor.ok ? ok({ actor: actor.value, at: request.receivedAt, request: requestTrace(request) }) : actor;
  };
  const summary = (list: Result<ListRow>) => (list.ok ? ok(summaryOfList(list.value)) : list);
  const params = { schema: { params: Id } };

  app.get<WithId>(
    '/api/rounds/:id/recommendations',
    { config: { right: 'list.prepare', toldBy: 'useCase' }, ...params },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readRecommendations(context, who.value, request.params.id) : who);
    },
  );
  app.get<WithId>(
    '/api/rounds/:id/delivered',
    { config: { right: 'list.receive', toldBy: 'useCase' }, ...params },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? await readDelivered(context, who.value, request.params.id) : who);
    },
  );
  app.post<WithId>(
    '/api/rounds/:id/lists',
    { config: { right: 'list.prepare', toldBy: 'useCase' }, ...params },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? summary(await exportList(context, who.value, request.params.id)) : who, 201);
    },
  );
  app.post<WithId>(
    '/api/lists/:id/deliver',
    { config: { right: 'list.deliver', toldBy: 'useCase' }, ...params },
    async (request, reply) => {
      const who = by(request);
      return send(reply, who.ok ? summary(await deliverList(context, who.value, request.params.id)) : who);
    },
  );

  const documents = [
    ['list.pdf', printList],
    ['list.xlsx', exportListWorkbook],
  ] as const;
  for (const [path, make] of documents) {
    app.get<WithId>(
      `/api/lists/:id/${path}`,
      { config: { right: 'list.read', toldBy: 'useCase' }, ...params },
      async (request, reply) => {
        const who = by(request);
        if (!who.ok) return send(reply, who);
        const file = await make(context, who.value, request.params.id);
        return file.ok ? sendFile(reply, file.value) : send(reply, file);
      },
    );
  }

  const parts = [
    ['sealed-scan', 'sealedScan'],
    ['letter', 'letter'],
  ] as const;
  for (const [path, part] of parts) {
    app.put<WithId & { Querystring: Static<typeof Scan>; Body: Readable }>(
      `/api/lists/:id/${path}`,
      { config: { right: 'list.deliver', toldBy: 'useCase' }, schema: { params: Id, querystring: Scan } },
      async (request, reply) => {
        const who = by(request);
        if (!who.ok) return send(reply, who);
        const scan = { listId: request.params.id, part, ...request.query, content: request.body };
        return send(reply, summary(await uploadScan(context, who.value, scan)));
      },
    );
    app.get<WithId>(
      `/api/lists/:id/${path}`,
      { config: { right: 'list.read', toldBy: 'useCase' }, ...params },
      async (request, reply) => {
        const who = by(request);
        if (!who.ok) return send(reply, who);
        const file = await readScan(context, who.value, { listId: request.params.id, part });
        return file.ok ? sendFile(reply, file.value) : send(reply, file);
      },
    );
  }
};
