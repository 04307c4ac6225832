import { Type, type Static } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import type { By } from '../applications/index.ts';
import type { Context } from '../platform/context.ts';
import { sendFile } from '../platform/files/index.ts';
import { requestTrace, requireActor } from '../platform/http/actor.ts';
import { ok, type Result, send } from '../platform/http/result.ts';
import { decideColumn } from './decide-column.ts';
import { deliverList } from './deliver-list.ts';
import { exportList } from './export-list.ts';
import { summaryOfList } from './list-summary.ts';
import { exportListWorkbook, printList } from './print-list.ts';
import { printPledge } from './print-pledge.ts';
import { printDeliveryReceipt } from './print-receipt.ts';
import { pledgeState, readDelivered, readRecommendations } from './read-recommendations.ts';
import { readScan } from './read-scan.ts';
import type { ListRow } from './store.ts';
import { readPledgeScan, uploadPledge } from './upload-pledge.ts';
import { uploadScan } from './upload-scan.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Scan = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 1000 }),
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Whoever uploads has seen that pages whose code cannot be read are there. */
  allPages: Type.Optional(Type.Boolean()),
});
const Contact = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40, pattern: '\\S' }),
    phone: Type.String({ minLength: 5, maxLength: 40, pattern: '^[0-9+()（） 、,，转-]+$' }),
  },
  { additionalProperties: false },
);
const Export = Type.Union([
  Type.Null(),
  Type.Object({ contact: Type.Optional(Contact) }, { additionalProperties: false }),
]);
const Column = Type.Object({
  id: Type.String({ format: 'uuid' }),
  column: Type.String({ minLength: 1, maxLength: 100 }),
});
const Decision = Type.Object({ text: Type.String({ maxLength: 300 }) }, { additionalProperties: false });
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
  app.post<WithId & { Body: Static<typeof Export> | undefined }>(
    '/api/rounds/:id/lists',
    { config: { right: 'list.prepare', toldBy: 'useCase' }, schema: { params: Id, body: Export } },
    async (request, reply) => {
      const who = by(request);
      const asked = { roundId: request.params.id, ...request.body };
      return send(reply, who.ok ? summary(await exportList(context, who.value, asked)) : who, 201);
    },
  );
  app.put<{ Params: Static<typeof Column>; Body: Static<typeof Decision> }>(
    '/api/applications/:id/list-columns/:column',
    { config: { right: 'list.prepare', toldBy: 'useCase' }, schema: { params: Column, body: Decision } },
    async (request, reply) => {
      const who = by(request);
      const { id: applicationId, column } = request.params;
      const decided = { applicationId, column, text: request.body.text };
      return send(reply, who.ok ? await decideColumn(context, who.value, decided) : who);
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
    ['lists/:id/list.pdf', 'list.read', printList],
    ['lists/:id/list.xlsx', 'list.read', exportListWorkbook],
    ['lists/:id/receipt.pdf', 'list.read', printDeliveryReceipt],
    ['rounds/:id/pledge.pdf', 'pledge.prepare', printPledge],
    ['pledges/:id/scan', 'pledge.read', readPledgeScan],
  ] as const;
  for (const [path, right, make] of documents) {
    app.get<WithId>(`/api/${path}`, { config: { right, toldBy: 'useCase' }, ...params }, async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const file = await make(context, who.value, request.params.id);
      return file.ok ? sendFile(reply, file.value) : send(reply, file);
    });
  }

  app.put<WithId & { Querystring: Static<typeof Scan>; Body: Readable }>(
    '/api/rounds/:id/pledge',
    { config: { right: 'pledge.prepare', toldBy: 'useCase' }, schema: { params: Id, querystring: Scan } },
    async (request, reply) => {
      const who = by(request);
      if (!who.ok) return send(reply, who);
      const scan = { roundId: request.params.id, ...request.query, content: request.body };
      const taken = await uploadPledge(context, who.value, scan);
      return send(reply, taken.ok ? ok(pledgeState(taken.value.content.title, taken.value)) : taken);
    },
  );

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
